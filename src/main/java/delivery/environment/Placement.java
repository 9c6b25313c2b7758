package delivery.environment;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The nodes that a release's pods may run on, as far as its Rollout says. */
record Placement(List<Toleration> tolerations, Map<String, String> selector) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The effects of taints that keep pods away; the other one, PreferNoSchedule, does not. */
    private static final List<String> KEEPING_AWAY = List.of("NoSchedule", "NoExecute");

    /** Reads a Rollout's template; empty if it has none of its own but names a workload. */
    static Optional<Placement> of(GenericKubernetesResource rollout) {
        if (!(rollout.get("spec", "template", "spec") instanceof Map<?, ?> pods)) {
            return Optional.empty();
        }
        PodSpec spec = JSON.convertValue(pods, PodSpec.class);
        return Optional.of(new Placement(spec.getTolerations(),
                spec.getNodeSelector() == null ? Map.of() : spec.getNodeSelector()));
    }

    /** The first taint that keeps the pods away; empty if none does. */
    Optional<Taint> repelledBy(List<Taint> taints) {
        return taints.stream().filter(taint -> KEEPING_AWAY.contains(taint.getEffect()))
                .filter(taint -> tolerations.stream().noneMatch(toleration -> tolerates(toleration, taint)))
                .findFirst();
    }

    /** Whether the scheduler finds that a taint is tolerated (component-helpers, scheduling/corev1, ToleratesTaint). */
    private static boolean tolerates(Toleration toleration, Taint taint) {
        boolean effect = orEmpty(toleration.getEffect()).isEmpty() || toleration.getEffect().equals(taint.getEffect());
        boolean key = orEmpty(toleration.getKey()).isEmpty() || toleration.getKey().equals(taint.getKey());
        return effect && key && ("Exists".equals(toleration.getOperator())
                || orEmpty(toleration.getValue()).equals(orEmpty(taint.getValue())));
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
