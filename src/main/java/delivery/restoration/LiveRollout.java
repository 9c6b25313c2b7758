package delivery.restoration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.history.PerformedAction;
import delivery.kubernetes.ReleaseFeed;
import delivery.rollout.Release;
import delivery.rollout.ReleaseImages;
import delivery.rollout.ReplicaSetState;
import delivery.rollout.Rollout;
import delivery.rollout.Strategy;
import delivery.rollout.Weights;
import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Brings the live Rollout to rest: users have one version, and nothing of another is left.
 *
 * @param namespace the namespace of the release
 * @param name      the name of the Rollout
 * @param permit    sends a call, or throws if it must no longer be sent
 * @param did       receives everything that is done to it
 */
public record LiveRollout(KubernetesClient client, String namespace, String name, Waiting waiting,
        Function<Supplier<PerformedAction>, PerformedAction> permit, Consumer<PerformedAction> did) {

    /** The Rollout now. */
    public Rollout now() {
        return calls().now();
    }

    private RolloutCalls calls() {
        return new RolloutCalls(client, namespace, name, permit, did);
    }

    /** The names of all its ReplicaSets. */
    public Set<String> replicaSets() {
        try (ReleaseFeed feed = feed()) {
            return feed.lastKnown().owned().map(ReplicaSetState::name).collect(Collectors.toSet());
        }
    }

    /**
     * Waits until the controller has acted on what was delivered, promotes a waiting version to the end, and waits
     * until users have only that version. Then removes the ReplicaSets that runs have left, so that no undo returns to
     * one of them.
     *
     * @param asked whether the Rollout asks for what was delivered
     * @param keep  the names of ReplicaSets that stay
     */
    public Rollout settle(Predicate<Rollout> asked, Set<String> keep) {
        try (ReleaseFeed feed = feed()) {
            Rollout taken = until(feed, "the controller takes up what was delivered", WaitLimit.SYNC,
                    release -> release.rollout().filter(rollout -> asked.test(rollout)
                            && rollout.observedGeneration() == rollout.generation()
                            && !rollout.currentHash().isEmpty()).isPresent());
            if (!taken.currentHash().equals(taken.stableHash())) {
                calls().promote(taken);
            }
            until(feed, "users have what was delivered", WaitLimit.PROMOTION, release -> release.rollout()
                    .filter(rollout -> asked.test(rollout) && rollout.healthy()
                            && rollout.currentHash().equals(rollout.stableHash())).isPresent());
            forgetWeights();
            Rollout alone = until(feed, "no pods of another version are left", WaitLimit.SCALE_DOWN, release ->
                    others(release).stream().allMatch(set -> set.desired() == 0
                            && release.pods(set.hash()).isEmpty()));
            calls().remove(others(feed.readNow()).stream().filter(set -> !keep.contains(set.name())).toList());
            return alone;
        }
    }

    private ReleaseFeed feed() {
        return new ReleaseFeed(client, namespace, ReleaseImages.ANY, Optional.of(name), rollout -> { });
    }

    private Rollout until(ReleaseFeed feed, String what, WaitLimit limit, Predicate<Release> expected) {
        return waiting.until(feed, Expectation.of(what, release -> expected.test(release)
                ? Outcome.met(release.rollout().orElseThrow()) : Outcome.notYet(release.summary())), limit,
                release -> release.ownTime().plus(Duration.ofSeconds(
                        release.rollout().map(Rollout::delay).orElse(0))));
    }

    private static List<ReplicaSetState> others(Release release) {
        String stable = release.rollout().map(Rollout::stableHash).orElse("");
        return release.owned().filter(set -> !set.hash().equals(stable)).toList();
    }

    /**
     * Removes the weights of the last canary. The controller would keep them, and the pods of the versions that they
     * name, for a later blue-green release (argo-rollouts, rollout/controller.go, newRolloutContext).
     */
    private void forgetWeights() {
        Rollout rollout = now();
        if (rollout.strategy() == Strategy.BLUE_GREEN && rollout.weights().isPresent()) {
            calls().forgetWeights();
        }
    }

    /**
     * Ends a canary that is under way, so that no user stays on it: the controller changes weights only while the
     * Rollout's strategy is canary. With another strategy, weights and users would stay where they are.
     *
     * @param wanted whether the version that is under way is to be delivered anyway: then it is promoted, else aborted
     */
    public void endCanary(Predicate<Rollout> wanted) {
        Rollout now = now();
        boolean atRest = now.observedGeneration() == now.generation() && onCanary(now) == 0
                && now.currentHash().equals(now.stableHash());
        if (now.strategy() != Strategy.CANARY || now.weighsByPods() || atRest) {
            return;
        }
        try (ReleaseFeed feed = feed()) {
            boolean promoted = wanted.test(now);
            if (promoted) {
                calls().promote(now);
            } else {
                calls().abort(now);
            }
            until(feed, "no user is left on the canary", WaitLimit.PROMOTION, release -> release.rollout()
                    .filter(rollout -> rollout.observedGeneration() == rollout.generation() && onCanary(rollout) == 0
                            && (promoted ? rollout.healthy() && rollout.currentHash().equals(rollout.stableHash())
                            : rollout.abort())).isPresent());
        }
    }

    private static int onCanary(Rollout rollout) {
        return rollout.weights().map(Weights::canary).orElse(0);
    }

    /**
     * Removes from the template the fields that an undo has left there. An undo sends the template of an old
     * ReplicaSet, whose defaults the API server has filled in. The controller compares templates with their defaults
     * (argo-rollouts, utils/replicaset, PodTemplateEqualIgnoreHash), so this releases nothing; but it names a
     * ReplicaSet by the template as it is written, so with these fields the previous version would come back under
     * another name.
     *
     * @param before the Rollout with the fields that the delivery gives it
     */
    public void trim(Rollout before) {
        Rollout now = now();
        JsonNode template = now.object().at("/spec/template");
        JsonNode trimmed = trimmed(template, before.object().at("/spec/template"));
        if (!trimmed.equals(template)) {
            calls().replace(now, "/spec/template", trimmed);
        }
    }

    private static JsonNode trimmed(JsonNode now, JsonNode before) {
        JsonNode trimmed = now.deepCopy();
        if (trimmed instanceof ObjectNode fields && before.isObject()) {
            now.fieldNames().forEachRemaining(name -> {
                if (before.has(name)) {
                    fields.set(name, trimmed(now.path(name), before.path(name)));
                } else {
                    fields.remove(name);
                }
            });
        } else if (trimmed instanceof ArrayNode items && before.isArray() && items.size() == before.size()) {
            for (int i = 0; i < items.size(); i++) {
                items.set(i, trimmed(now.path(i), before.path(i)));
            }
        }
        return trimmed;
    }

    /** Puts back the parts of a specification that a sync does not, because no chart sets them. */
    void putBack(Rollout now, Rollout before) {
        calls().replace(now, "/spec", specification(before, now));
    }

    /** The earlier specification, but with the current number of pods if an autoscaler has written that. */
    static ObjectNode specification(Rollout before, Rollout now) {
        ObjectNode specification = before.object().path("spec").deepCopy();
        if (now.writers().stream().anyMatch(writer -> writer.subresource().equals("scale"))) {
            specification.set("replicas", now.object().at("/spec/replicas"));
        }
        return specification;
    }
}
