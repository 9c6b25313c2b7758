package delivery.environment;

import delivery.failure.EnvironmentNotFit;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The nodes of a cluster at one moment, and those of them that take a release's pods. */
final class Nodes {

    private final Set<String> ready = new TreeSet<>();
    private final Set<String> taking = new TreeSet<>();
    private final Map<String, String> others = new LinkedHashMap<>();

    /**
     * @param placements the placements of the releases' pods; a node takes pods if one of them may run there. Empty if
     *                   they are not known: no taint counts then.
     */
    Nodes(List<Node> nodes, List<Placement> placements) {
        for (Node node : nodes) {
            String name = node.getMetadata().getName();
            Optional<String> unready = unready(node);
            if (unready.isEmpty()) {
                ready.add(name);
            }
            unready.or(() -> refusal(node, placements)).ifPresentOrElse(why -> others.put(name, why),
                    () -> taking.add(name));
        }
    }

    /** Names of the nodes that are ready, whether they take pods or not. */
    Set<String> ready() {
        return ready;
    }

    /**
     * Makes sure that there is a node that takes pods.
     *
     * @return how many do, and why the others do not
     * @throws EnvironmentNotFit if none does
     */
    String require() {
        if (taking.isEmpty()) {
            throw others.isEmpty() ? new EnvironmentNotFit("The cluster has no node", "Add one")
                    : new EnvironmentNotFit("No node takes pods: " + describeOthers(),
                            "See kubectl describe node " + others.keySet().iterator().next());
        }
        return "nodes that take pods: " + taking.size()
                + (others.isEmpty() ? "" : " of " + (taking.size() + others.size())
                        + " (not: " + describeOthers() + ")");
    }

    /** The nodes under these pods that were ready earlier and are not now, in words; empty if there is none. */
    Optional<String> lostUnder(List<Pod> pods, Set<String> earlier) {
        String lost = pods.stream().map(pod -> pod.getSpec().getNodeName()).filter(Objects::nonNull).distinct().sorted()
                .filter(name -> earlier.contains(name) && !ready.contains(name))
                .map(name -> name + " " + others.getOrDefault(name, "is gone")).collect(Collectors.joining("; "));
        return lost.isEmpty() ? Optional.empty() : Optional.of(lost);
    }

    private String describeOthers() {
        return others.entrySet().stream().map(node -> node.getKey() + " " + node.getValue())
                .collect(Collectors.joining("; "));
    }

    private static Optional<String> unready(Node node) {
        Optional<NodeCondition> ready = node.getStatus() == null ? Optional.empty()
                : node.getStatus().getConditions().stream()
                        .filter(condition -> "Ready".equals(condition.getType())).findFirst();
        return ready.map(NodeCondition::getStatus).filter("True"::equals).isPresent() ? Optional.empty()
                : Optional.of("is not ready: " + ready.map(NodeCondition::getMessage)
                        .filter(message -> !message.isBlank()).orElse("it says nothing of its state"));
    }

    private static Optional<String> refusal(Node node, List<Placement> placements) {
        if (node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable())) {
            return Optional.of("is cordoned");
        }
        List<Taint> taints = node.getSpec() == null ? List.of() : node.getSpec().getTaints();
        Map<String, String> labels = node.getMetadata().getLabels() == null ? Map.of() : node.getMetadata().getLabels();
        Optional<String> refusal = Optional.empty();
        for (Placement placement : placements) {
            refusal = placement.repelledBy(taints).map(taint -> "has the taint " + taint.getKey()
                            + (taint.getValue() == null ? "" : "=" + taint.getValue()) + ":" + taint.getEffect()
                            + ", which the release's pods do not tolerate")
                    .or(() -> labels.entrySet().containsAll(placement.selector().entrySet()) ? Optional.empty()
                            : Optional.of("does not have the labels that the release's pods ask for, "
                                    + placement.selector().entrySet().stream().map(Map.Entry::toString).sorted()
                                            .collect(Collectors.joining(", "))));
            if (refusal.isEmpty()) {
                return refusal;
            }
        }
        return refusal;
    }
}
