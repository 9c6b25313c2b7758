package delivery.layout;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.chart.CanaryStep;
import delivery.chart.FlatValues;
import delivery.chart.Values;
import delivery.rollout.Strategy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The search for places in the values of charts as people write them. */
class ValuePlacesTest {

    private static final ContainerImage LIVE = ContainerImage.of("shop", "ghcr.io/team/shop:v1.4.0");

    @Test
    void theTagIsFoundBesideItsRepository() {
        assertTag("image: {repository: ghcr.io/team/shop, tag: v1.4.0}", "image.tag", "2", "2");
        assertTag("image: {registry: ghcr.io, repository: team/shop, tag: v1.4.0}", "image.tag", "2", "2");
        assertTag("api: {image: {repository: ghcr.io/team/shop, tag: v1.4.0}}\nworker: {image: {repository:"
                + " ghcr.io/team/worker, tag: v1.4.0}}", "api.image.tag", "2", "2");
    }

    @Test
    void aTagMayStandInAWholeImageOrAlone() {
        assertTag("image: ghcr.io/team/shop:v1.4.0", "image", "2", "ghcr.io/team/shop:2");
        assertTag("imageTag: v1.4.0", "imageTag", "2", "2");
        assertTag("shop: {version: v1.4.0}", "shop.version", "2", "2");
        assertTag("global: {image: {tag: v1.4.0}}", "global.image.tag", "2", "2");
        assertTag("image: team/shop:v1.4.0@sha256:" + "a".repeat(64), "image", "2", "team/shop:2");
    }

    @Test
    void aTagMayHaveALongerNameWhereNoPlainerOneHasIt() {
        assertTag("images: {api: {newTag: v1.4.0}}", "images.api.newTag", "2", "2");
        assertTag("appVersion: v1.4.0", "appVersion", "2", "2");
        assertTag("apiImageTag: v1.4.0", "apiImageTag", "2", "2");
        assertTag("imageTag: v1.4.0\nappVersion: v1.4.0\nlabels: {app.kubernetes.io/version: v1.4.0}", "imageTag",
                "2", "2");
        assertThat(tag("labels: {app.kubernetes.io/version: v1.4.0}", LIVE).place()).isEmpty();
    }

    @Test
    void aTagThatTheTemplateAddsToIsReportedWithWhatItDoes() {
        assertThat(tag("image: {repository: ghcr.io/team/shop, tag: 1.4.0}", LIVE).finding().sentence()).isEqualTo(
                "value of the tag: not found (image.tag is 1.4.0, and the live tag is v1.4.0: the chart's template adds"
                        + " the rest, and would add it to every tag; write the whole tag into the value); set"
                        + " VALUE_TAG");
    }

    @Test
    void anEmptyTagIsTheChartsAppVersion() {
        assertTag("image: {repository: ghcr.io/team/shop, tag: \"\"}", "image.tag", "2", "2");
        assertTag("image: {repository: ghcr.io/team/shop, tag: }", "image.tag", "2", "2");
    }

    @Test
    void aDigestIsWrittenBeforeTheTagOrInAValueOfItsOwn() {
        String digest = "sha256:" + "a".repeat(64);
        ContainerImage pinned = ContainerImage.of("shop", "ghcr.io/team/shop:1.0.0@" + digest);
        Search<TagPlace> one = tag("image: {repository: ghcr.io/team/shop, tag: \"1.0.0@" + digest + "\"}", pinned);
        assertThat(one.place()).contains(new TagPlace("image.tag", "", Optional.empty()));
        Search<TagPlace> two = tag("image: {repository: ghcr.io/team/shop, tag: 1.0.0, digest: \"" + digest + "\"}",
                pinned);
        assertThat(two.place()).contains(new TagPlace("image.tag", "", Optional.of("image.digest")));
        ValuePlaces places = new ValuePlaces(Strategy.CANARY, two.place(), List.of(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(places.ofTag("1.1.0")).isEqualTo(Map.of("image.tag", "1.1.0", "image.digest", ""));
    }

    @Test
    void severalTagsAreAskedForAndNeverGuessed() {
        Search<TagPlace> search = tag("image: {repository: ghcr.io/team/shop, tag: v1.4.0}\n"
                + "global: {tag: v1.4.0}", LIVE);
        assertThat(search.place()).isEmpty();
        assertThat(search.finding().state()).isEqualTo(Finding.State.AMBIGUOUS);
        assertThat(search.finding().sentence()).isEqualTo("value of the tag: not clear: image.tag or global.tag (each"
                + " has the live image's tag v1.4.0); set VALUE_TAG to one of image.tag, global.tag");
        assertThat(new TagSearch(flat("image: {tag: v1.4.0}\nglobal: {tag: v1.4.0}")).of(LIVE,
                Optional.of("global.tag")).place()).contains(new TagPlace("global.tag", "", Optional.empty()));
    }

    @Test
    void aTagThatIsNowhereIsSaidToBeSo() {
        assertThat(tag("image: {repository: ghcr.io/team/other, tag: v1.4.0}", LIVE).finding().sentence())
                .contains("value of the tag: not found (no value has the live image's tag v1.4.0")
                .endsWith("set VALUE_TAG");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "apps: [{image: {repository: ghcr.io/team/shop, tag: v1.4.0}}]; apps[0].image.tag; 2",
        "images: [{name: ghcr.io/team/proxy, tag: v1.4.0}, {name: ghcr.io/team/shop, tag: v1.4.0}]; images[1].tag; 2",
        "pods: [{containers: ['ghcr.io/team/shop:v1.4.0']}]; pods[0].containers[0]; ghcr.io/team/shop:2",
        "images: [{name: ghcr.io/team/shop, tag: ''}]; images[0].tag; 2"})
    void aTagMayStandInAList(String yaml, String path, String text) {
        assertThat(tag(yaml, LIVE).place().orElseThrow().path()).isEqualTo(path);
        assertThat(ofTag(tag(yaml, LIVE))).isEqualTo(Map.of(path, text));
    }

    @Test
    void anElementThatIsNotThereIsNotMade() {
        Search<TagPlace> search = new TagSearch(flat("image: {tag: v1.4.0}")).of(LIVE, Optional.of("apps[0].tag"));
        assertThat(search.place()).isEmpty();
        assertThat(search.finding().sentence()).contains("the values have nothing at apps[0].tag");
    }

    @Test
    void aMappingOrAListIsNotGivenATextInItsPlace() {
        FlatValues flat = flat("{image: {tag: v1.4.0}, tags: [v1.4.0], ingress: {hosts: [shop.test], none: []}}");
        for (String path : List.of("image", "tags", "image.tag,tags")) {
            assertThat(new TagSearch(flat).of(LIVE, Optional.of(path)).finding().sentence()).contains("is a mapping or"
                    + " a list").endsWith("set VALUE_TAG");
        }
        for (String path : List.of("ingress", "ingress.hosts", "ingress.none", "a.b,ingress.hosts")) {
            assertThat(new HostSearch(flat).of(List.of("shop.test"), "Ingress shop", Optional.of(path)).finding()
                    .sentence()).contains("is a mapping or a list").endsWith("set VALUE_HOST");
        }
        assertThat(new HostSearch(flat).of(List.of("shop.test"), "Ingress shop", Optional.of("ingress.hosts[1]"))
                .finding().sentence()).contains("the values have nothing at ingress.hosts[1]");
        assertThat(new HostSearch(flat).of(List.of("shop.test"), "Ingress shop", Optional.of("ingress.hosts[0]"))
                .place()).isPresent();
    }

    /** Or else the application would report the old version under a new tag. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "env: [{name: LOG, value: v1.4.0}, {name: APP_VERSION, value: v1.4.0}]; env[1].value",
        "env: {LOG: v1.4.0, VERSION: v1.4.0}; env.VERSION",
        "extraEnvVars: [{name: VERSION, value: v1.4.0}]; extraEnvVars[0].value"})
    void aVariableThatHasTheTagWrittenOutGetsItToo(String yaml, String variable) {
        assertThat(ofTag(tag("image: {repository: ghcr.io/team/shop, tag: v1.4.0}\n" + yaml, LIVE)))
                .isEqualTo(Map.of("image.tag", "2", variable, "2"));
        assertThat(ofTag(tag("image: ghcr.io/team/shop:v1.4.0\n" + yaml, LIVE)))
                .isEqualTo(Map.of("image", "ghcr.io/team/shop:2", variable, "2"));
        assertThat(ofTag(tag("image: {repository: ghcr.io/team/shop, tag: ''}\n" + yaml, LIVE)))
                .isEqualTo(Map.of("image.tag", "2", variable, "2"));
        assertThat(tag(yaml, LIVE).place()).map(TagPlace::path).contains(variable);
    }

    @Test
    void severalPlacesCanBeNamed() {
        assertThat(ofTag(new TagSearch(flat("image: {repository: ghcr.io/team/shop, tag: v1.4.0}\n"
                + "global: {release: v1.4.0}\nenv: [{name: VERSION, value: v1.4.0}]"))
                .of(LIVE, Optional.of("image.tag,global.release,env[0].value"))))
                .isEqualTo(Map.of("image.tag", "2", "global.release", "2", "env[0].value", "2"));
    }

    private static Map<String, String> ofTag(Search<TagPlace> search) {
        return new ValuePlaces(Strategy.CANARY, search.place(), List.of(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty()).ofTag("2");
    }

    @Test
    void everyValueThatNamesTheLiveHostIsWritten() {
        Search<List<HostPlace>> found = host("""
                ingress:
                  hosts: [{host: shop.test, paths: [/]}, {host: www.shop.test}]
                  tls: [{hosts: [shop.test]}]
                url: https://Shop.test/api
                other: myshop.test
                """, "shop.test", "www.shop.test");
        ValuePlaces places = new ValuePlaces(Strategy.CANARY, Optional.empty(), found.place().orElseThrow(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(places.ofHost("a.test")).isEqualTo(Map.of("ingress.hosts[0].host", "a.test",
                "ingress.hosts[1].host", "also-1-a.test", "ingress.tls[0].hosts[0]", "a.test", "url",
                "https://a.test/api"));
        assertThat(found.finding().reason()).contains("the whole list is written");
        assertThat(host("host: ''").finding().sentence()).isEqualTo("value of the host: not found (Ingress shop"
                + " names no"
                + " host of its own, so that a copy would get the live release's users; name the value that gives it"
                + " one); set VALUE_HOST");
        assertThat(host("host: ''", "shop.test").finding().sentence())
                .isEqualTo("value of the host: not found (no value names the live host shop.test); set VALUE_HOST");
    }

    /** The live host is shop.example.org. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "{name: shop, domain: example.org}; name; copy; domain; sample-api.test",
        "{nameOverride: shop, ingress: {subdomain: shop, baseDomain: example.org}}; ingress.subdomain; copy;"
                + " ingress.baseDomain; sample-api.test",
        "{name: shop, global: {domain: example.org}}; name; copy; global.domain; sample-api.test",
        "{name: shop, route: {name: shop, domain: example.org}}; route.name; copy; route.domain; sample-api.test",
        "{routes: [{hostname: shop, zone: Example.org}]}; routes[0].hostname; copy; routes[0].zone; sample-api.test"})
    void aHostMayBeComposedOfTwoValues(String yaml, String before, String name, String after, String domain) {
        assertThat(ofHost(composed(yaml, Optional.empty()))).isEqualTo(Map.of(before, name, after, domain));
    }

    @Test
    void aHostOfWhichOneValueIsAPartIsReportedWithTheWayOn() {
        assertThat(composed("{domain: example.org}", Optional.empty()).finding().sentence()).contains("no value names"
                + " the live host shop.example.org, and domain is only its end; have the route take the whole host");
        assertThat(composed("{a: {name: shop}, b: {name: shop}, c: {domain: example.org}}", Optional.empty()).finding()
                .sentence()).contains("not clear: a.name,c.domain or b.name,c.domain").contains("set VALUE_HOST to");
        assertThat(ofHost(composed("{domain: example.org}", Optional.of("x.own,domain"))))
                .isEqualTo(Map.of("x.own", "copy", "domain", "sample-api.test"));
    }

    @Test
    void aHostThatIsANameInTheValuesIsReportedAsSuch() {
        assertThat(composed("ingress: {hosts: {shop.example.org: {paths: [/]}}}", Optional.empty()).finding()
                .sentence()).isEqualTo("value of the host: none (the live host shop.example.org is only the name of a"
                + " mapping in ingress.hosts, which no value can change; have the route take it from a value)");
        assertThat(composed("hosts: {my-shop.example.org: {paths: [/]}}", Optional.empty()).finding().sentence())
                .endsWith("set VALUE_HOST");
    }

    private static Search<List<HostPlace>> composed(String yaml, Optional<String> named) {
        return new HostSearch(flat(yaml)).of(List.of("shop.example.org"), "Ingress shop", named);
    }

    private static Map<String, String> ofHost(Search<List<HostPlace>> search) {
        return new ValuePlaces(Strategy.CANARY, Optional.empty(), search.place().orElseThrow(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty()).ofHost("copy.sample-api.test");
    }

    @Test
    void theSwitchOfTheStrategyIsKnownByItsWordAndSpeltAsTheValuesDo() {
        StrategyPlace keys = strategy("rollouts: {strategy: canary, canary: {steps: []}, blueGreen: {enabled: x}}", "");
        assertThat(keys.path()).isEqualTo("rollouts.strategy");
        assertThat(keys.word(Strategy.BLUE_GREEN)).contains("blueGreen");
        assertThat(keys.word(Strategy.CANARY)).contains("canary");

        StrategyPlace comment = strategy("deploy: {type: Canary}", "deploy:\n  type: Canary # or BlueGreen\n");
        assertThat(comment.word(Strategy.BLUE_GREEN)).contains("BlueGreen");
        assertThat(comment.word(Strategy.CANARY)).contains("Canary");
    }

    @Test
    void aSpellingThatNothingTellsIsAskedFor() {
        StrategySearch search = new StrategySearch(flat("strategy: canary"), "strategy: canary");
        StrategyPlace place = search.of(Strategy.CANARY, NamedPlaces.NONE).place().orElseThrow();
        assertThat(place.word(Strategy.BLUE_GREEN)).isEmpty();
        assertThat(search.words(place, NamedPlaces.NONE).sentence())
                .contains("nothing spells blue-green").endsWith("set STRATEGY_WORDS");
        NamedPlaces named = new NamedPlaces(Map.of(), Map.of(Strategy.BLUE_GREEN, "bg"));
        assertThat(search.of(Strategy.CANARY, named).place().orElseThrow().word(Strategy.BLUE_GREEN)).contains("bg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"blue/green", "Blue/Green", "blue green", "Blue-Green", "BlueGreen"})
    void theNameThatACommentHasForAStrategyIsNoSpelling(String prose) {
        StrategySearch search = new StrategySearch(flat("strategy: canary"), "# canary, or " + prose + " at night");
        assertThat(search.of(Strategy.CANARY, NamedPlaces.NONE).place().orElseThrow().word(Strategy.BLUE_GREEN))
                .isEmpty();
        assertThat(strategy("strategy: canary", "# canary, or blueGreen for " + prose).word(Strategy.BLUE_GREEN))
                .contains("blueGreen");
    }

    @Test
    void twoSwitchesAreAskedForAndNoneIsOneStrategyAlone() {
        StrategySearch two = new StrategySearch(flat("strategy: canary\nrelease: {type: canary}"), "");
        assertThat(two.of(Strategy.CANARY, NamedPlaces.NONE).finding().question())
                .isEqualTo("set VALUE_STRATEGY to one of strategy, release.type");
        Search<StrategyPlace> none = new StrategySearch(flat("image: {tag: x}"), "").of(Strategy.CANARY,
                NamedPlaces.NONE);
        assertThat(none.finding().isKnown()).isTrue();
        assertThat(none.place()).isEmpty();
    }

    /** A chart that renders other numbers than its values have must still be judged by its values. */
    @Test
    void numbersAreKnownByNameAndFormAndNotByWhatIsLive() {
        FlatValues flat = flat("""
                replicaCount: 2
                rollouts:
                  scaleDownDelaySeconds: 9
                  canary: {steps: [{setWeight: 20}, {pause: {}}]}
                hosts: [{host: a}]
                """);
        NumberSearch search = new NumberSearch(flat, Optional.empty());
        assertThat(search.replicas(3, Optional.empty()).place()).contains("replicaCount");
        assertThat(search.replicas(3, Optional.empty()).finding().reason()).contains("differs from the live Rollout");
        assertThat(search.delay(30, Optional.empty()).place()).contains("rollouts.scaleDownDelaySeconds");
        assertThat(search.steps(List.of(), Optional.empty()).place()).contains("rollouts.canary.steps");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"{redis: {replica: {replicaCount: 1}}};redis.replica.replicaCount",
        "{postgresql: {replicas: 1}, image: {tag: v1.4.0}};postgresql.replicas"})
    void aNumberOfPodsOfSomethingElseIsAskedFor(String yaml, String path) {
        NumberSearch search = new NumberSearch(flat(yaml), Optional.of(new TagPlace("image.tag", "",
                Optional.empty())));
        assertThat(search.replicas(2, Optional.empty()).place()).isEmpty();
        assertThat(search.replicas(2, Optional.empty()).finding().sentence()).isEqualTo("value of the replicas: not"
                + " found (" + path + " alone has such a name, but is away from the image, and the live Rollout has"
                + " replicas: 2); set VALUE_REPLICAS");
        assertThat(search.replicas(1, Optional.empty()).place()).as("it is the live one").contains(path);
        assertThat(search.replicas(2, Optional.of(path)).place()).as("it is set").contains(path);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"{replicaCount: 1, redis: {}};replicaCount",
        "{rollout: {replicas: 1}, image: {tag: v1.4.0}};rollout.replicas",
        "{shop: {image: {tag: v1.4.0}, replicas: 1}};shop.replicas"})
    void aNumberOfTheReleasesOwnIsTakenEvenIfTheChartRendersAnother(String yaml, String path) {
        Optional<TagPlace> tag = Optional.of(new TagPlace(yaml.startsWith("{shop") ? "shop.image.tag" : "image.tag", "",
                Optional.empty()));
        assertThat(new NumberSearch(flat(yaml), tag).replicas(2, Optional.empty()).place()).contains(path);
    }

    @Test
    void aDelayOfAnotherNameIsKnownIfItAloneIsTheLiveOne() {
        NumberSearch search = new NumberSearch(flat("""
                terminationGracePeriodSeconds: 5
                strategy: {type: canary, keepSeconds: 5, replicas: 5, abortSeconds: 2}
                """), Optional.empty());
        assertThat(search.delay(5, Optional.empty()).place()).contains("strategy.keepSeconds");
        assertThat(search.delay(2, Optional.empty()).place()).contains("strategy.abortSeconds");
        assertThat(search.delay(30, Optional.empty()).place()).isEmpty();
        NumberSearch two = new NumberSearch(flat("""
                strategy: {keepSeconds: 5, abortSeconds: 5}
                """), Optional.empty());
        assertThat(two.delay(5, Optional.empty()).place()).isEmpty();
    }

    /** A label has the tag as well, and a chart takes its appVersion for an empty tag. */
    @Test
    void aTagBesideAnEmptyOneOfTheImageIsAskedFor() {
        Search<TagPlace> search = tag("image: {repository: ghcr.io/team/shop, tag: ''}\npodLabels: {version: v1.4.0}",
                LIVE);
        assertThat(search.place()).isEmpty();
        assertThat(search.finding().question()).isEqualTo("set VALUE_TAG to one of podLabels.version, image.tag");
    }

    @Test
    void ofSeveralNumbersTheLiveOneOrTheOneBesideTheImageIsMeant() {
        FlatValues flat = flat("""
                api: {replicas: 2, image: {tag: v1.4.0}}
                worker: {replicas: 2, image: {tag: v9}}
                canary: {steps: [{setWeight: 20}, {pause: {}}]}
                fast: {steps: [{setWeight: 50}]}
                """);
        Optional<TagPlace> tag = Optional.of(new TagPlace("api.image.tag", "", Optional.empty()));
        assertThat(new NumberSearch(flat, tag).replicas(2, Optional.empty()).place()).contains("api.replicas");
        assertThat(new NumberSearch(flat, Optional.empty()).replicas(2, Optional.empty()).finding().question())
                .isEqualTo("set VALUE_REPLICAS to one of api.replicas, worker.replicas");
        assertThat(new NumberSearch(flat, tag).steps(List.of(new CanaryStep.SetWeight(50)), Optional.empty()).place())
                .contains("fast.steps");
        assertThat(new NumberSearch(flat, tag).steps(List.of(new CanaryStep.SetCanaryScale(OptionalInt.of(1),
                OptionalInt.empty())), Optional.empty()).place()).isEmpty();
    }

    private static void assertTag(String yaml, String path, String tag, String text) {
        Search<TagPlace> search = tag(yaml, LIVE);
        assertThat(search.finding().value()).as(search.finding().sentence()).isEqualTo(path);
        assertThat(search.place().orElseThrow().text(tag)).isEqualTo(text);
    }

    private static Search<TagPlace> tag(String yaml, ContainerImage image) {
        return new TagSearch(flat(yaml)).of(image, Optional.empty());
    }

    private static Search<List<HostPlace>> host(String yaml, String... hosts) {
        return new HostSearch(flat(yaml)).of(List.of(hosts), "Ingress shop", Optional.empty());
    }

    private static StrategyPlace strategy(String yaml, String text) {
        return new StrategySearch(flat(yaml), text).of(Strategy.CANARY, NamedPlaces.NONE).place().orElseThrow();
    }

    private static FlatValues flat(String yaml) {
        return new FlatValues(Values.parse("values.yaml", yaml));
    }
}
