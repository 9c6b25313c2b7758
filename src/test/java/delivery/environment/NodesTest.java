package delivery.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import delivery.failure.EnvironmentNotFit;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodesTest {

    private static final String READY = "conditions: [{type: Ready, status: \"True\", message: well}]";
    private static final String GONE = "conditions: [{type: Ready, status: Unknown, message: Kubelet stopped posting}]";
    private static final List<Placement> ANY = List.of(new Placement(List.of(), Map.of()));

    @Test
    void oneNodeThatTakesPodsIsEnoughAndTheOthersAreListed() {
        Nodes nodes = nodes(ANY, node("a", "{}", READY), node("b", "{}", GONE),
                node("gone-since-tuesday", "taints: [{key: x, effect: NoSchedule}]", "{}"),
                node("c", "unschedulable: true", READY));

        assertThat(nodes.require())
                .isEqualTo("nodes that take pods: 1 of 4 (not: b is not ready: Kubelet stopped posting;"
                + " gone-since-tuesday is not ready: it says nothing of its state; c is cordoned)");
        assertThat(nodes.ready()).containsExactly("a", "c");
    }

    @Test
    void allOfThemNeedNoMoreWords() {
        assertThat(nodes(ANY, node("a", "{}", READY), node("b", "{}", READY)).require())
                .isEqualTo("nodes that take pods: 2");
    }

    @Test
    void noneIsTheEnvironmentsFault() {
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> nodes(ANY).require())
                .withMessageContaining("The cluster has no node");
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> nodes(ANY, node("a", "{}", GONE),
                node("b", "unschedulable: true", READY)).require())
                .withMessageContaining("No node takes pods: a is not ready: Kubelet stopped posting; b is cordoned")
                .withMessageContaining("kubectl describe node a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "[]|false", "[{operator: Exists}]|true", "[{key: dedicated, operator: Exists}]|true",
        "[{key: dedicated, value: gpu}]|true",
        "[{key: dedicated, operator: Equal, value: gpu, effect: NoSchedule}]|true",
        "[{key: dedicated, value: cpu}]|false", "[{key: other, operator: Exists}]|false",
        "[{key: dedicated, operator: Exists, effect: NoExecute}]|false"})
    void aTaintCountsThatThePodsDoNotTolerate(String tolerations, boolean takes) {
        List<Placement> placements = placement("{tolerations: " + tolerations + "}");
        Nodes nodes = nodes(placements, node("a", "taints: [{key: dedicated, value: gpu, effect: NoSchedule}]", READY));

        if (takes) {
            assertThat(nodes.require()).isEqualTo("nodes that take pods: 1");
        } else {
            assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(nodes::require)
                    .withMessageContaining(
                            "a has the taint dedicated=gpu:NoSchedule, which the release's pods do not tolerate");
        }
    }

    @Test
    void aTaintThatOnlyPrefersKeepsNobodyAway() {
        assertThat(nodes(ANY, node("a", "taints: [{key: x, effect: PreferNoSchedule}]", READY)).require())
                .isEqualTo("nodes that take pods: 1");
    }

    @Test
    void aNodeMustHaveTheLabelsThatPodsAskFor() {
        assertThatExceptionOfType(EnvironmentNotFit.class)
                .isThrownBy(() -> nodes(placement("{nodeSelector: {disk: ssd}}"), node("a", "{}", READY)).require())
                .withMessageContaining("a does not have the labels that the release's pods ask for, disk=ssd");
        assertThat(nodes(List.of(placement("{nodeSelector: {disk: ssd}}").get(0), ANY.get(0)), node("a", "{}", READY))
                .require()).as("another Rollout's pods may run there").isEqualTo("nodes that take pods: 1");
    }

    /** A Rollout that refers to a workload does not describe its pods. */
    @Test
    void whatIsNotKnownOfThePodsKeepsNothingFromBeingProved() {
        List<Placement> unknown = Placement.of(Serialization.unmarshal(
                "kind: Rollout\nspec: {workloadRef: {name: x}}", GenericKubernetesResource.class)).stream().toList();
        assertThat(nodes(unknown, node("a", "taints: [{key: x, effect: NoSchedule}]", READY)).require())
                .isEqualTo("nodes that take pods: 1");
    }

    /** A correct failure must remain one when a node is lost on which no pod of the case ran. */
    @Test
    void onlyALostNodeUnderThePodsMatters() {
        Nodes nodes = nodes(ANY, node("a", "{}", READY), node("b", "{}", GONE), node("ghost", "{}", GONE),
                node("c", "unschedulable: true", READY));
        Set<String> earlier = Set.of("a", "b", "c", "removed");

        assertThat(nodes.lostUnder(pods("a", "c"), earlier)).isEmpty();
        assertThat(nodes.lostUnder(pods(), earlier)).isEmpty();
        assertThat(nodes.lostUnder(pods("ghost"), earlier)).as("was not ready before").isEmpty();
        assertThat(nodes.lostUnder(pods("a", "b", "b", null), earlier))
                .contains("b is not ready: Kubelet stopped posting");
        assertThat(nodes.lostUnder(pods("removed"), earlier)).contains("removed is gone");
    }

    private static List<Pod> pods(String... nodes) {
        return Stream.of(nodes).map(node -> new PodBuilder().withNewSpec().withNodeName(node).endSpec().build())
                .toList();
    }

    private static Nodes nodes(List<Placement> placements, Node... nodes) {
        return new Nodes(List.of(nodes), placements);
    }

    private static List<Placement> placement(String podSpec) {
        return Stream.of(Serialization.unmarshal("kind: Rollout\nspec: {template: {spec: " + podSpec + "}}",
                GenericKubernetesResource.class)).flatMap(rollout -> Placement.of(rollout).stream()).toList();
    }

    private static Node node(String name, String spec, String status) {
        return Serialization.unmarshal("apiVersion: v1\nkind: Node\nmetadata: {name: " + name + "}\nspec: "
                + braced(spec) + "\nstatus: " + braced(status) + "\n", Node.class);
    }

    private static String braced(String yaml) {
        return yaml.startsWith("{") ? yaml : "{" + yaml + "}";
    }
}
