package delivery.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.Application;
import delivery.argocd.ChartValues;
import delivery.chart.FlatValues;
import delivery.chart.Values;
import delivery.layout.Exposure;
import delivery.layout.HostPlace;
import delivery.layout.StrategyPlace;
import delivery.layout.TagPlace;
import delivery.layout.ValuePlaces;
import delivery.rollout.Strategies;
import delivery.rollout.Strategy;
import delivery.traffic.VersionReading;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Copies of Applications that are not rendered from one chart with parameters. */
class PackagingTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aHostInAListIsWrittenWithTheWholeList() {
        Values chart = Values.parse("values.yaml", "ingress: {hosts: [{host: shop.test, paths: [{path: /}]}]}\n"
                + "image: {tag: v1}");
        ObjectNode source = source("{\"source\": {\"path\": \"chart\", \"helm\": {\"parameters\":"
                + " [{\"name\": \"ingress.hosts[0].host\", \"value\": \"shop.test\"}, {\"name\": \"a\","
                + " \"value\": \"b\"}]}}}", chart, new ValuePlaces(Strategy.CANARY,
                Optional.of(new TagPlace("image.tag", "", Optional.empty())),
                List.of(new HostPlace("ingress.hosts[0].host", "shop.test", List.of("shop.test"))),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()), Strategy.CANARY).get(0);
        assertThat(source.at("/helm/valuesObject")).isEqualTo(json(
                "{\"ingress\": {\"hosts\": [{\"host\": \"copy.test\", \"paths\": [{\"path\": \"/\"}]}]}}"));
        assertThat(source.at("/helm/parameters")).extracting(one -> one.path("name").asText())
                .containsExactly("a", "image.tag");
    }

    /** A template may write the list as it is, and the API server takes no text for a port. */
    @Test
    void whatParametersSetInAListKeepsItsType() {
        Values chart = ApplicationValues.of(Application.parse(json("{\"metadata\": {\"name\": \"shop\"}, \"spec\":"
                + " {\"source\": {\"helm\": {\"parameters\": [{\"name\": \"hosts[0].port\", \"value\": \"80\"},"
                + " {\"name\": \"hosts[0].tls\", \"value\": \"true\"}, {\"name\": \"hosts[0].zip\", \"value\":"
                + " \"080\"}, {\"name\": \"hosts[0].id\", \"value\": \"7\", \"forceString\": true}]}}}}")),
                new ChartValues(List.of(new ChartValues.File("values.yaml", "hosts: [{host: shop.test}]")), "",
                        Map.of()));
        assertThat(new HelmPackaging(chart).values(Map.of("hosts[0].host", "copy.test"))).hasToString(
                "{\"hosts\":[{\"host\":\"copy.test\",\"port\":80,\"tls\":true,\"zip\":\"080\",\"id\":\"7\"}]}");
    }

    /** A parameter begins a list with a brace, and loses backslashes. */
    @Test
    void aTextThatAParameterWouldChangeIsWrittenAsAValue() {
        Values chart = Values.parse("values.yaml", "config: '{\"url\": \"//shop.test\"}'\n"
                + "conf: 'shop.test \\d'\nhosts: [a]\nurl: '//shop.test,'")
                .withParameters(Map.of("hosts", "{shop.test,b}"), Set.of());
        ObjectNode source = source("{\"source\": {\"path\": \"chart\", \"helm\": {\"parameters\":"
                + " [{\"name\": \"hosts\", \"value\": \"{shop.test,b}\"}]}}}", chart, new ValuePlaces(Strategy.CANARY,
                Optional.empty(), new FlatValues(chart).leaves().stream().filter(leaf -> !leaf.isList()
                        && leaf.text().contains("shop")).map(leaf -> new HostPlace(leaf.path(), leaf.text(),
                                List.of("shop.test"))).toList(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()), Strategy.CANARY).get(0);
        assertThat(source.at("/helm/valuesObject")).isEqualTo(json("{\"config\": \"{\\\"url\\\": \\\"//copy.test"
                + "\\\"}\", \"conf\": \"copy.test \\\\d\", \"hosts\": [\"copy.test\", \"b\"]}"));
        assertThat(source.at("/helm/parameters")).isEqualTo(json(
                "[{\"name\": \"url\", \"value\": \"//copy.test,\", \"forceString\": true}]"));
    }

    /** Helm merges a parameter into a list of the Application's values, but not into a list of the chart's own. */
    @Test
    void aTagInAListIsAParameterOverTheWholeList() {
        Values chart = Values.parse("values.yaml", "apps: [{host: shop.test, tag: v1, port: 80}, {tag: v9}]");
        ObjectNode source = source("{\"source\": {\"path\": \"chart\", \"helm\": {\"parameters\":"
                + " [{\"name\": \"apps[0].tag\", \"value\": \"v1\"}, {\"name\": \"apps[1].tag\","
                + " \"value\": \"v9\"}]}}}", chart, new ValuePlaces(Strategy.CANARY,
                Optional.of(new TagPlace("apps[0].tag", "", Optional.empty())),
                List.of(new HostPlace("apps[0].host", "shop.test", List.of("shop.test"))),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()), Strategy.CANARY).get(0);
        assertThat(source.at("/helm/valuesObject/apps/0/host").asText()).isEqualTo("copy.test");
        assertThat(source.at("/helm/valuesObject/apps/0/port").asInt()).isEqualTo(80);
        assertThat(source.at("/helm/valuesObject/apps/1/tag").asText()).isEqualTo("v9");
        assertThat(source.at("/helm/parameters")).isEqualTo(json(
                "[{\"name\": \"apps[0].tag\", \"value\": \"2\", \"forceString\": true}]"));
    }

    @Test
    void aStrategyOfItsOwnValueFileHasThatInItsPlace() {
        ObjectNode source = source("{\"source\": {\"path\": \"chart\", \"helm\": {\"valueFiles\": [\"a.yaml\","
                + " \"canary.yaml\"]}}}", Values.parse("values.yaml", "image: {tag: v1}"),
                new ValuePlaces(Strategy.CANARY,
                Optional.of(new TagPlace("image.tag", "", Optional.empty())), List.of(), Optional.of(new StrategyPlace(
                "helm.valueFiles", Map.of(Strategy.BLUE_GREEN, "a.yaml,bg.yaml"))), Optional.empty(), Optional.empty(),
                Optional.empty()), Strategy.BLUE_GREEN).get(0);
        assertThat(source.at("/helm/valueFiles")).extracting(JsonNode::asText).containsExactly("a.yaml", "bg.yaml");
        assertThat(source.at("/helm/parameters")).extracting(one -> one.path("name").asText())
                .containsExactly("image.tag");
    }

    @Test
    void aStrategyOfItsOwnChartHasThatsFolder() {
        ObjectNode source = source("{\"source\": {\"path\": \"charts/canary\"}}",
                Values.parse("values.yaml", "image: {tag: v1}"), new ValuePlaces(Strategy.CANARY,
                Optional.of(new TagPlace("image.tag", "", Optional.empty())), List.of(), Optional.of(new StrategyPlace(
                "source.path", Map.of(Strategy.BLUE_GREEN, "charts/bg"))), Optional.empty(), Optional.empty(),
                Optional.empty()), Strategy.BLUE_GREEN).get(0);
        assertThat(source.path("path").asText()).isEqualTo("charts/bg");
        assertThat(source.at("/helm/parameters")).extracting(one -> one.path("name").asText())
                .containsExactly("image.tag");
    }

    @Test
    void kustomizeGetsItsImageItsOverlayItsNamespaceAndPatches() {
        ObjectNode source = source("{\"source\": {\"path\": \"overlays/blue-green\", \"kustomize\": {\"images\":"
                + " [\"poll=ghcr.io/team/poll:1\"], \"namespace\": \"live\"}}}", Values.parse("none", "{}"),
                new ValuePlaces(Strategy.BLUE_GREEN, Optional.of(new TagPlace("kustomize.images[ghcr.io/team/poll]",
                "ghcr.io/team/poll:", Optional.empty(), List.of(new TagPlace(
                "kustomize.images[poll]", "ghcr.io/team/poll:", Optional.empty())))),
                List.of(new HostPlace("IngressRoute/poll#/spec/routes/0/match", "Host(`poll.test`)",
                        List.of("poll.test"))), Optional.of(new StrategyPlace("source.path",
                Map.of(Strategy.CANARY, "overlays/canary"))), Optional.empty(), Optional.empty(), Optional.empty()),
                Strategy.CANARY).get(0);
        assertThat(source.path("path").asText()).isEqualTo("overlays/canary");
        assertThat(source.has("helm")).isFalse();
        assertThat(source.at("/kustomize/namespace").asText()).isEqualTo("copy");
        assertThat(source.at("/kustomize/images")).extracting(JsonNode::asText).containsExactlyInAnyOrder(
                "poll=ghcr.io/team/poll:2", "ghcr.io/team/poll:2");
        assertThat(source.at("/kustomize/patches")).isEqualTo(json("[{\"target\": {\"kind\": \"IngressRoute\","
                + " \"name\": \"poll\"}, \"patch\": \"[{\\\"op\\\":\\\"add\\\""
                + ",\\\"path\\\":\\\"/spec/routes/0/match\\\","
                + "\\\"value\\\":\\\"Host(`copy.test`)\\\"}]\"}]"));
    }

    @Test
    void ofSeveralSourcesTheOneThatRendersIsChangedAndAllArePinned() {
        List<ObjectNode> sources = source("{\"sources\": [{\"repoURL\": \"git\", \"ref\": \"values\"},"
                + " {\"repoURL\": \"git\", \"path\": \"chart\", \"helm\": {\"valueFiles\": [\"$values/a.yaml\"]}}]}",
                Values.parse("values.yaml", "image: {tag: v1}"), new ValuePlaces(Strategy.CANARY,
                Optional.of(new TagPlace("image.tag", "", Optional.empty())), List.of(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty()), Strategy.CANARY);
        assertThat(sources.get(0).path("targetRevision").asText()).isEqualTo("r0");
        assertThat(sources.get(1).path("targetRevision").asText()).isEqualTo("r1");
        assertThat(sources.get(1).at("/helm/parameters/0/value").asText()).isEqualTo("2");
        assertThat(sources.get(1).at("/helm/valueFiles/0").asText()).isEqualTo("$values/a.yaml");
    }

    private static List<ObjectNode> source(String spec, Values values, ValuePlaces places, Strategy strategy) {
        Application application = Application.parse(json("{\"metadata\": {\"name\": \"shop\"}, \"spec\": " + spec
                + ", \"status\": {\"sync\": {\"revisions\": [\"r0\", \"r1\"]}}}"));
        Blueprint pattern = new Blueprint(application, values, null, null, places,
                VersionReading.byTag(), Strategies.BOTH, Optional.empty(), Exposure.BY_ROUTE, Optional.empty());
        Changes changes = pattern.changes("copy.test", strategy, "2");
        JsonNode made = pattern.application("copy", changes.parameters(), changes.values(), Map.of(), Map.of())
                .path("spec");
        return made.has("source") ? List.of((ObjectNode) made.path("source"))
                : List.of((ObjectNode) made.at("/sources/0"), (ObjectNode) made.at("/sources/1"));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
