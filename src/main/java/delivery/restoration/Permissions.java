package delivery.restoration;

import delivery.argocd.ArgoCdRefused;
import delivery.environment.Platform;
import delivery.failure.EnvironmentNotFit;
import delivery.kubernetes.ApiFailure;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks the permissions that putting a live release back needs, before the run changes it.
 *
 * @param point   the release
 * @param journal namespace of the journal
 */
record Permissions(Platform platform, RestorePoint point, String journal) {

    /** @throws EnvironmentNotFit if a permission is missing; the message names all that are */
    void require() {
        String release = point.destination();
        List<ResourceAttributes> needed = Stream.concat(
                Stream.of("get", "create", "patch", "delete").map(verb -> attributes(journal, verb, "", "configmaps",
                        null)),
                Stream.of(attributes(release, "patch", "argoproj.io", "rollouts", null),
                        attributes(release, "patch", "argoproj.io", "rollouts", "status"),
                        attributes(release, "delete", "apps", "replicasets", null))).toList();
        String missing = needed.stream().filter(one -> !isAllowed(one)).map(one -> one.getVerb() + " "
                + one.getResource() + (one.getSubresource() == null ? "" : "/" + one.getSubresource()) + " in "
                + one.getNamespace()).collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new EnvironmentNotFit("KUBECONFIG's user may not do all that putting a live release back takes: "
                    + missing, "Grant it, as src/doc/in-place.md lists it; nothing was changed");
        }
        String denied = Stream.of("update", "sync").filter(this::isDenied).map(action -> "applications, " + action)
                .collect(Collectors.joining("; "));
        if (!denied.isEmpty()) {
            throw new EnvironmentNotFit("Argo CD's user may not do all that putting a live release back takes: "
                    + denied, "Grant it, as src/doc/in-place.md lists it; nothing was changed");
        }
    }

    /** Whether Argo CD denies an action; false if it cannot say. */
    private boolean isDenied(String action) {
        try {
            return !platform.argoCd().permissions().may("applications", action,
                    point.application().project() + "/" + point.name());
        } catch (ArgoCdRefused refused) {
            return false;
        }
    }

    private static ResourceAttributes attributes(String namespace, String verb, String group, String resource,
            String subresource) {
        ResourceAttributes attributes = new ResourceAttributes();
        attributes.setNamespace(namespace);
        attributes.setVerb(verb);
        attributes.setGroup(group);
        attributes.setResource(resource);
        attributes.setSubresource(subresource);
        return attributes;
    }

    private boolean isAllowed(ResourceAttributes attributes) {
        try {
            SelfSubjectAccessReview answer = platform.cluster().client().resource(new SelfSubjectAccessReviewBuilder()
                    .withNewSpec().withResourceAttributes(attributes).endSpec().build()).create();
            return answer.getStatus() != null && Boolean.TRUE.equals(answer.getStatus().getAllowed());
        } catch (KubernetesClientException refused) {
            throw ApiFailure.of("asking what is allowed here", refused);
        }
    }
}
