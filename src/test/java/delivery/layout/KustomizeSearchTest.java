package delivery.layout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import delivery.clone.ManifestObject;
import delivery.rollout.Rollout;
import delivery.rollout.Strategy;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The search for what Kustomize can change in a delivery, from its rendered objects and the names of its folders. */
class KustomizeSearchTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SOURCE = "{\"path\": \"deploy/overlays/blue-green\", \"kustomize\": {\"images\":"
            + " [\"poll=ghcr.io/team/poll:1.0.0\", \"redis=redis:7\"]}}";
    private static final String ROUTE = """
            {"apiVersion": "traefik.io/v1alpha1", "kind": "IngressRoute", "metadata": {"name": "poll"},
             "spec": {"routes": [{"match": "Host(`poll.test`) && PathPrefix(`/`)"}]}}""";
    private static final ContainerImage LIVE = ContainerImage.of("poll", "ghcr.io/team/poll:1.0.0");

    private JsonNode own = MissingNode.getInstance();

    @Test
    void theImageIsReplacedByTheNameThatTheApplicationHasAndByItsOwn() {
        TagPlace place = search(List.of()).tag(LIVE).place().orElseThrow();
        ValuePlaces places = new ValuePlaces(Strategy.CANARY, Optional.of(place), List.of(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(places.ofTag("2")).isEqualTo(Map.of("kustomize.images[ghcr.io/team/poll]", "ghcr.io/team/poll:2",
                "kustomize.images[poll]", "ghcr.io/team/poll:2"));
    }

    @Test
    void theHostIsPatchedWhereTheRouteNamesIt() {
        List<HostPlace> places = search(List.of()).hosts(List.of("poll.test")).place().orElseThrow();
        assertThat(places).singleElement().satisfies(place -> {
            assertThat(place.path()).isEqualTo("IngressRoute/poll#/spec/routes/0/match");
            assertThat(place.text("a.test")).isEqualTo("Host(`a.test`) && PathPrefix(`/`)");
        });
        assertThat(search(List.of()).hosts(List.of("other.test")).finding().sentence()).as("no setting helps")
                .endsWith("(no route that is rendered names the live host other.test; have the overlay's route"
                        + " name it)");
    }

    /** Or else a rendered copy is refused, and no value could change that. */
    @Test
    void anAnnotationAndACertificateThatNameTheHostArePatchedToo() {
        List<ManifestObject> rendered = Stream.of(ROUTE,
                "{\"kind\": \"Service\", \"metadata\": {\"name\": \"poll\", \"annotations\":"
                        + " {\"dns.io/hostname\": \"poll.test\"}}}",
                "{\"kind\": \"Certificate\", \"metadata\": {\"name\": \"tls\"}, \"spec\": {\"dnsNames\":"
                        + " [\"poll.test\"]}}",
                "{\"kind\": \"Rollout\", \"metadata\": {\"name\": \"poll\"}, \"spec\": {\"url\": \"poll.test\"}}")
                .map(text -> new ManifestObject(json(text))).toList();
        assertThat(new KustomizeSearch(json(SOURCE), new LiveObjects(List.of(), rendered), Overlays.NONE,
                NamedPlaces.NONE).hosts(List.of("poll.test")).place().orElseThrow()).extracting(HostPlace::path)
                .containsExactly("IngressRoute/poll#/spec/routes/0/match",
                        "Service/poll#/metadata/annotations/dns.io~1hostname", "Certificate/tls#/spec/dnsNames/0");
    }

    @Test
    void anImageThatTheOverlayReplacesIsReplacedUnderItsNameThere() {
        own = json("{\"images\": [{\"name\": \"vote\", \"newName\": \"ghcr.io/team/poll\", \"newTag\": \"1.0.0\"},"
                + " {\"name\": \"redis\", \"newTag\": \"7\"}]}");
        assertThat(search(List.of()).tag(LIVE).place().orElseThrow().alike()).extracting(TagPlace::path)
                .containsExactly("kustomize.images[poll]", "kustomize.images[vote]");
    }

    @Test
    void patchesNameObjectsAsTheyAreBeforeThePrefixOfTheOverlay() {
        own = json("{\"namePrefix\": \"po\", \"nameSuffix\": \"-x\"}");
        assertThat(search(List.of()).hosts(List.of("poll.test")).place().orElseThrow().get(0).path())
                .isEqualTo("IngressRoute/ll#/spec/routes/0/match");
        Rollout rollout = Rollout.parse(json("{\"metadata\": {\"name\": \"poll-x\"}, \"spec\": {\"strategy\":"
                + " {\"blueGreen\": {}}}}"));
        assertThat(search(List.of()).places(rollout, Optional.empty(), List.of(), Optional.empty()).replicas())
                .contains("Rollout/ll#/spec/replicas");
    }

    @Test
    void theOtherStrategyIsTheFolderBesideTheLiveOne() {
        assertThat(KustomizeSearch.folders("deploy/overlays/blue-green")).contains("deploy/overlays/*");
        assertThat(KustomizeSearch.folders("canary/prod")).contains("*/prod");
        assertThat(KustomizeSearch.folders("deploy/prod")).isEmpty();

        StrategyPlace place = search(List.of("deploy/overlays/blue-green", "deploy/overlays/canary"))
                .strategy(Strategy.BLUE_GREEN).place().orElseThrow();
        assertThat(place).isEqualTo(new StrategyPlace("source.path", Map.of(Strategy.BLUE_GREEN,
                "deploy/overlays/blue-green", Strategy.CANARY, "deploy/overlays/canary")));
    }

    @Test
    void severalFoldersAreAskedForAndNoneIsOneStrategyAlone() {
        Search<StrategyPlace> several = search(List.of("deploy/overlays/canary-eu", "deploy/overlays/canary-us"))
                .strategy(Strategy.BLUE_GREEN);
        assertThat(several.finding().question())
                .isEqualTo("set STRATEGY_WORDS to one of deploy/overlays/canary-eu, deploy/overlays/canary-us");
        assertThat(search(List.of("deploy/overlays/blue-green")).strategy(Strategy.BLUE_GREEN).place()).isEmpty();
    }

    @Test
    void whatIsOverriddenIsPatchedInTheRollout() {
        Rollout rollout = Rollout.parse(json("{\"metadata\": {\"name\": \"poll\"}, \"spec\": {\"strategy\":"
                + " {\"blueGreen\": {\"activeService\": \"poll\"}}}}"));
        ValuePlaces places = search(List.of()).places(rollout, Optional.empty(), List.of(), Optional.empty());
        assertThat(places.replicas()).contains("Rollout/poll#/spec/replicas");
        assertThat(places.delay()).contains("Rollout/poll#/spec/strategy/blueGreen/scaleDownDelaySeconds");
        assertThat(places.steps()).isEmpty();
    }

    private KustomizeSearch search(List<String> folders) {
        return new KustomizeSearch(json(SOURCE), new LiveObjects(List.of(), List.of(new ManifestObject(json(ROUTE)))),
                new Overlays(folders, own, List.of(), changes -> Optional.empty()), NamedPlaces.NONE);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
