package delivery.release;

import static delivery.rollout.ReleaseFixture.met;
import static delivery.rollout.ReleaseFixture.notYet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.Application;
import delivery.chart.Values;
import delivery.clone.LiveRelease;
import delivery.environment.Blueprint;
import delivery.failure.MissingValue;
import delivery.registry.ImageName;
import delivery.rollout.ReleaseFixture;
import delivery.rollout.Rollout;
import delivery.waiting.ResourceVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OverridesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Values CHART = Values.parse("values.yaml", """
            replicas: 2
            rollouts:
              canary:
                steps:
                  - setWeight: 20
                  - analysis:
                      templates: [{templateName: shop}]
                      args: [{name: host, value: a}]
            """);
    private static final CanaryPlan.Pause PERSON = new CanaryPlan.Pause(Optional.empty());

    @Test
    void areValuesWithNumbersAsNumbersAndTheChartsOwnAnalysis() {
        Overrides overrides = Overrides.NONE.withPods(3).withDelay(Duration.ofSeconds(12)).withPlan(CanaryPlan.EMPTY
                .weight(10).analysis().pause(PERSON).weight(80)
                .pause(new CanaryPlan.Pause(Optional.of(Duration.ofSeconds(5)))));
        assertThat(overrides.values(chart(CHART))).hasToString(json("""
                {"replicas": 3, "rollouts": {"scaleDownDelaySeconds": 12, "canary": {"steps": [
                  {"setWeight": 10},
                  {"analysis": {"templates": [{"templateName": "shop"}], "args": [{"name": "host", "value": "a"}]}},
                  {"pause": {}}, {"setWeight": 80}, {"pause": {"duration": "5s"}}]}}}""").toString());
        assertThat(overrides.summary()).containsEntry("replicas", "3").containsKey("rollouts.canary.steps");
        assertThat(Overrides.NONE.values(chart(CHART))).isEmpty();
        assertThat(Overrides.NONE.isEmpty()).isTrue();
    }

    @Test
    void tellOfAnAnalysisThatTheChartHasNot() {
        Values without = Values.parse("values.yaml", "rollouts: {canary: {steps: [{setWeight: 20}]}}");
        Overrides overrides = Overrides.NONE.withPlan(CanaryPlan.EMPTY.weight(10).analysis());
        assertThatThrownBy(() -> overrides.values(chart(without))).isInstanceOf(MissingValue.class)
                .hasMessageContaining("values.yaml has no analysis in rollouts.canary.steps");
    }

    @Test
    void leaveAnApplicationWithoutThemAsItIs() {
        ObjectNode made = pattern("{\"parameters\": [{\"name\": \"replicas\", \"value\": \"4\"}]}")
                .application("own", Map.of("host", "a"), JsonNodeFactory.instance.objectNode(), Map.of(), Map.of());
        JsonNode helm = made.path("spec").path("source").path("helm");
        assertThat(helm.has("valuesObject")).isFalse();
        assertThat(helm.path("parameters")).hasSize(2);
    }

    @Test
    void countForMoreThanTheApplicationsOwnValuesAndParameters() {
        ObjectNode own = Overrides.NONE.withPods(3).withPlan(CanaryPlan.EMPTY.weight(10)).values(chart(CHART));
        ObjectNode made = pattern("""
                {"values": "replicas: 5\\nregion: north\\n", "parameters": [
                  {"name": "replicas", "value": "4"}, {"name": "rollouts.canary.steps[0].setWeight", "value": "30"},
                  {"name": "rollouts.canary.stepsLimit", "value": "9"}, {"name": "region", "value": "south"}]}""")
                .application("own", Map.of("host", "a"), own, Map.of(), Map.of());
        JsonNode helm = made.path("spec").path("source").path("helm");
        assertThat(helm.has("values")).as("values, which Argo CD would not read any more").isFalse();
        assertThat(helm.path("valuesObject")).isEqualTo(json("""
                {"replicas": 3, "region": "north", "rollouts": {"canary": {"steps": [{"setWeight": 10}]}}}"""));
        assertThat(helm.path("parameters")).extracting(parameter -> parameter.path("name").asText())
                .containsExactly("rollouts.canary.stepsLimit", "region", "host");
    }

    /** Overrides leave values that they do not mention as they were delivered before. */
    @Test
    void onlyWhatSaysSomethingOfAllThatOthersDoReplacesThem() {
        Overrides pods = Overrides.NONE.withPods(3);
        Overrides delay = Overrides.NONE.withDelay(Duration.ofSeconds(5));
        Overrides plan = Overrides.NONE.withPlan(CanaryPlan.EMPTY.weight(10));
        for (Overrides one : List.of(pods, delay, plan)) {
            assertThat(one.replaces(Overrides.NONE)).isTrue();
            assertThat(one.replaces(one)).isTrue();
            assertThat(Overrides.NONE.replaces(one)).isFalse();
        }
        assertThat(pods.replaces(Overrides.NONE.withPods(4))).isTrue();
        assertThat(pods.replaces(delay)).isFalse();
        assertThat(delay.replaces(plan)).isFalse();
        assertThat(pods.withDelay(Duration.ofSeconds(9)).replaces(delay)).isTrue();
    }

    @Test
    void areDeployedWhenTheLastSyncHadThem() {
        Overrides overrides = Overrides.NONE.withPods(3);
        ObjectNode own = (ObjectNode) json("{\"replicas\": 3}");
        Application same = pattern("{\"valuesObject\": {\"replicas\": 3.0}}").application();
        assertThat(met(overrides.deployed(own).judge(deployed(same)))).isNotNull();
        Application other = pattern("{\"valuesObject\": {\"replicas\": 4}}").application();
        assertThat(notYet(overrides.deployed(own).judge(deployed(other)))).contains("{\"replicas\":4}");
        Application more = pattern("{\"valuesObject\": {\"replicas\": 4, \"db\": {\"pin\": \"p4ss\"}}}").application();
        assertThat(notYet(overrides.deployed((ObjectNode) json("{\"replicas\": 3, \"db\": {\"pin\": \"p4ss\"}}"))
                .judge(deployed(more)))).contains("{\"replicas\":4}").doesNotContain("p4ss");
        Application none = pattern("{}").application();
        assertThat(notYet(overrides.deployed(own).judge(deployed(none)))).startsWith("those of its last sync are");
    }

    private static Application deployed(Application application) {
        return new Application(application.name(), application.spec(), Map.of(), "Synced", application.comparison(),
                "Healthy", application.lastSync(), application.spec().path("source"), List.of(), List.of(),
                application.version());
    }

    @Test
    void areFollowedWhenTheRolloutAtRestHasAllOfThem() {
        Rollout rollout = ReleaseFixture.canary("{setWeight:20},{pause:{}}", "1", ReleaseFixture.healthy("h"));
        Overrides all = Overrides.NONE.withPods(2).withDelay(Duration.ofSeconds(30))
                .withPlan(CanaryPlan.EMPTY.weight(10).pause(PERSON));
        assertThat(met(all.followed("h").judge(ReleaseFixture.release(rollout)))).isNotNull();
        assertThat(met(Overrides.NONE.followed("h").judge(ReleaseFixture.release(rollout)))).isNotNull();
        for (Overrides other : List.of(all.withPods(3), all.withDelay(Duration.ofSeconds(31)),
                all.withPlan(CanaryPlan.EMPTY.weight(10)))) {
            notYet(other.followed("h").judge(ReleaseFixture.release(rollout)));
        }
        notYet(all.followed("new").judge(ReleaseFixture.release(rollout)));
        notYet(Overrides.NONE.followed("h").judge(ReleaseFixture.release(ReleaseFixture.canary("1",
                "phase:'Progressing',currentPodHash:'h'"))));
        notYet(Overrides.NONE.followed("h").judge(ReleaseFixture.nothing()));
    }

    private static Blueprint pattern(String helm) {
        ObjectNode spec = JSON.createObjectNode();
        spec.putObject("source").set("helm", json(helm));
        return new Blueprint(new Application("shop", spec, Map.of(), "Synced", JsonNodeFactory.instance.objectNode(),
                "Healthy", JsonNodeFactory.instance.objectNode(), spec,
                List.of(), List.of(), new ResourceVersion("", "")), CHART, ImageName.parse("registry.test/shop:1.0.0"),
                LiveRelease.of("shop", List.of()));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static Blueprint chart(Values values) {
        return new Blueprint(null, values, null, null);
    }
}
