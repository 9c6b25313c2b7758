package delivery.release;

import delivery.rollout.PodState;
import delivery.rollout.Release;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The pods that were started since a moment, including those that are gone by now. Safe for use by many threads. */
final class StartedPods {

    private final Set<String> before;
    private final Map<String, String> hashes = new ConcurrentHashMap<>();

    /** @param before the release at that moment; its pods do not count */
    StartedPods(Release before) {
        this.before = before.pods().stream().map(PodState::name).collect(Collectors.toSet());
    }

    /** Takes a state of a pod; the order of states does not matter. */
    void see(PodState pod) {
        if (!before.contains(pod.name())) {
            hashes.put(pod.name(), pod.hash());
        }
    }

    /** Names of the pods of the ReplicaSet with this hash, in alphabetical order. */
    List<String> of(String hash) {
        return hashes.entrySet().stream().filter(pod -> pod.getValue().equals(hash)).map(Map.Entry::getKey).sorted()
                .toList();
    }
}
