package delivery.rollout;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The problems that the objects of a namespace report.
 *
 * @param conditions of Rollouts, ReplicaSets and pods
 * @param warnings   events of type Warning, of any object
 * @param exits      of the pods' containers
 * @param written    when the status of the Rollout was last written, as the API server writes it; empty if unknown
 * @param quotas     names of the ResourceQuotas that belong to the delivery
 */
public record Symptoms(List<ConditionState> conditions, List<EventState> warnings, List<ContainerExit> exits,
        String written, Set<String> quotas) {

    public static final Symptoms NONE = new Symptoms(List.of(), List.of(), List.of(), "", Set.of());

    Stream<ConditionState> conditions(String kind, String name) {
        return conditions.stream().filter(condition -> condition.kind().equals(kind) && condition.name().equals(name));
    }

    Stream<EventState> warnings(String kind, String name) {
        return warnings.stream().filter(event -> event.kind().equals(kind) && event.name().equals(name));
    }

    Stream<ContainerExit> exits(String pod) {
        return exits.stream().filter(exit -> exit.pod().equals(pod));
    }
}
