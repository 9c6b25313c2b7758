package delivery.restoration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.environment.Platform;
import delivery.failure.EnvironmentNotFit;
import delivery.kubernetes.ResourceKind;
import delivery.rollout.FieldWriter;
import delivery.rollout.Rollout;
import delivery.text.OwnershipLabels;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks that a live release is what runs made of it, because a change by somebody else is never overwritten.
 *
 * @param point the state of the release before
 */
record SpecGuard(Platform platform, JournalStore store, RestorePoint point) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> OWN = Set.of(OwnershipLabels.OWNER, "rollouts-controller",
            "argo-rollouts-controller", "argo-rollouts");

    /**
     * Reads the Application now. After a new comparison, the result may be its specification alone.
     *
     * @param written specifications, one of which should be there
     */
    JsonNode look(List<JsonNode> written) {
        JsonNode now = object();
        if (!isOneOf(written, now)) {
            // One of several servers may be a moment behind, but not in its answer after a comparison.
            JsonNode compared = JSON.createObjectNode().set("spec",
                    platform.argoCd().refresh(point.name(), point.application().project()).spec());
            now = isOneOf(written, compared) ? compared : object();
        }
        return now;
    }

    /** The error that somebody else changed an Application; empty if nobody did. */
    Optional<EnvironmentNotFit> foreign(List<JsonNode> written, JsonNode now) {
        return isOneOf(written, now) ? Optional.empty() : Optional.of(changed("the Application " + point.name(),
                SpecDifference.words(written.get(written.size() - 1), now.path("spec")),
                SpecWriter.last(now).or(this::writerInCluster)));
    }

    /** The error that somebody else changed the specification of the Rollout; empty if nobody did. */
    Optional<EnvironmentNotFit> foreign(Rollout now) {
        return now.writers().stream().filter(this::isForeign).findFirst().map(writer ->
                changed("the Rollout " + now.name(), SpecDifference.words(point.rollout().object().path("spec"),
                        now.object().path("spec")), Optional.of(new SpecWriter(writer.manager(),
                        writer.subresource().isEmpty() ? "Update" : writer.subresource(),
                        writer.time().map(Object::toString).orElse("")))));
    }

    /** The error that Argo CD has deployed something since the state was read; empty if it has not. */
    Optional<EnvironmentNotFit> released(Rollout now) {
        return RestorePoint.same(LiveRollout.specification(point.rollout(), now), now.object().path("spec"))
                ? Optional.empty() : Optional.of(new EnvironmentNotFit("The live release was changed before the run"
                        + " began to: " + SpecDifference.words(point.rollout().object().path("spec"),
                        now.object().path("spec")) + ". Nothing of that is overwritten", "Start the run again"));
    }

    /** Whether a writer is not part of the delivery; Argo CD's controller, autoscalers and earlier controllers are. */
    private boolean isForeign(FieldWriter writer) {
        boolean deploys = writer.manager().startsWith("argocd") && !writer.manager().equals("argocd-server");
        boolean scales = writer.subresource().equals("scale") && writer.spec().equals(Set.of("replicas"))
                && !writer.manager().startsWith("kubectl");
        return !writer.spec().isEmpty() && !OWN.contains(writer.manager()) && !deploys && !scales
                && point.rollout().writers().stream().noneMatch(before -> writer.isLeftOf(before)
                        || isController(writer) && before.manager().equals(writer.manager())
                        && before.spec().equals(writer.spec()));
    }

    /**
     * Whether a writer is a controller that marks the pods, as Reloader does by an annotation of the template, and not
     * a person: people write by kubectl, by Argo CD's server, or by programs that write other fields, too.
     */
    private static boolean isController(FieldWriter writer) {
        return writer.spec().equals(Set.of("template")) && !writer.manager().startsWith("kubectl")
                && !writer.manager().equals("argocd-server");
    }

    private static boolean isOneOf(List<JsonNode> written, JsonNode object) {
        return written.stream().anyMatch(spec -> RestorePoint.same(spec, object.path("spec")));
    }

    private JsonNode object() {
        return platform.argoCd().object(point.name()).orElseThrow(() -> new EnvironmentNotFit("Argo CD has no"
                + " Application " + point.name() + " any more, which a run has changed", "Apply it again as it was:"
                + " the journal " + store + " holds it; then " + store.discard()));
    }

    private Optional<SpecWriter> writerInCluster() {
        try {
            KubernetesClient client = platform.cluster().client();
            return Optional.ofNullable(client.genericKubernetesResources(ResourceKind.APPLICATION.context())
                    .inNamespace(point.namespace()).withName(point.name()).get())
                    .flatMap(found -> SpecWriter.last(JSON.valueToTree(found)));
        } catch (KubernetesClientException unreadable) {
            return Optional.empty();
        }
    }

    private EnvironmentNotFit changed(String what, String difference, Optional<SpecWriter> writer) {
        return new EnvironmentNotFit("Somebody else changed " + what + " while a run had it: " + writer
                .map(SpecWriter::toString).orElse("by whom cannot be read here") + ": " + difference
                + ". Nothing of that is overwritten, and the run stops", leftByHand());
    }

    /** Instructions for what is left to be done by hand. */
    String leftByHand() {
        return "Put back by hand what is left of the run (tag " + point.tag() + ", " + point.rollout().strategy()
                + "), or keep the change: the journal " + store + " holds all that was there before. The whole"
                + " Application is put back by: " + store.byHand(point) + ". Then say that it is done by: "
                + store.discard();
    }
}
