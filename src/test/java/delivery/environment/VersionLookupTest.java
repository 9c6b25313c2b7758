package delivery.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import delivery.failure.EnvironmentNotFit;
import delivery.failure.UnknownVersion;
import delivery.traffic.Answer;
import delivery.traffic.Endpoint;
import delivery.traffic.Place;
import delivery.traffic.TagRelation;
import delivery.traffic.VersionAnswer;
import delivery.traffic.VersionReading;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lookup of a version in the answers of an application at its paths. */
class VersionLookupTest {

    private final Map<String, String> bodies = new HashMap<>();
    private final Map<String, Integer> statuses = new HashMap<>();
    private Map<String, String> headers = Map.of();
    private List<String> prefixes = List.of();

    @Test
    void anApplicationThatAnswersWithItsTagIsAskedThere() {
        bodies.put("/version", "{\"version\":\"1.0.0\",\"pod\":\"a\"}");

        assertThat(found("1.0.0")).isEqualTo(new VersionReading(Endpoint.VERSION, Optional.of("1.0.0"),
                Optional.of(TagRelation.EQUAL)));
    }

    @Test
    void aVersionWithoutTheTagsPrefixAtAnotherPathIsFound() {
        bodies.put("/api/version", "{\"version\":\"0.2.1\",\"git_sha\":\"unknown\"}");

        VersionReading reading = found("v0.2.1");

        assertThat(reading.endpoint().path()).isEqualTo("/api/version");
        assertThat(reading.answer()).contains("0.2.1");
        assertThat(reading.relation().orElseThrow().answer("v0.3.0")).contains("0.3.0");
        assertThat(reading.words("v0.2.1"))
                .isEqualTo("/api/version (JSON /version) answers 0.2.1 for the tag v0.2.1: its tag without its v");
    }

    @Test
    void aPathThatSpeaksOfAVersionWithoutRelationIsPassedByForOneThatHasIt() {
        bodies.put("/version", "{\"version\":\"3\"}");
        bodies.put("/health", "{\"status\":\"UP\",\"build\":{\"image\":\"9f3c2e1\"}}");

        VersionReading reading = found("9f3c2e1");

        assertThat(reading.endpoint().path()).isEqualTo("/health");
        assertThat(reading.endpoint().version()).isEqualTo(Place.Pointer.of("/build/image"));
    }

    @Test
    void aHeaderIsFoundToo() {
        bodies.put("/", "<html>");
        headers = Map.of("X-App-Version", "1.0.0", "Server", "uvicorn");

        assertThat(found("1.0.0").endpoint().version()).isEqualTo(new Place.Header("X-App-Version"));
    }

    @Test
    void ofSeveralPlacesTheOneWhoseNameSaysSoIsTaken() {
        bodies.put("/info", "{\"tag\":\"1.0.0\",\"version\":\"1.0.0\"}");

        assertThat(found("1.0.0").endpoint().version()).isEqualTo(Place.Pointer.of("/version"));
    }

    @Test
    void severalPlacesThatSayDifferentThingsAreAsked() {
        bodies.put("/info", "{\"apiVersion\":\"v1.0.0\",\"appVersion\":\"1.0.0\"}");

        assertThatExceptionOfType(UnknownVersion.class).isThrownBy(() -> found("1.0.0"))
                .withMessageContainingAll("/info", "JSON /apiVersion says v1.0.0", "JSON /appVersion says 1.0.0",
                        "Set VERSION_PATH");
    }

    @Test
    void anApplicationThatTellsNothingIsReportedWithWhatWasAsked() {
        bodies.put("/", "<html>hello</html>");

        assertThatExceptionOfType(UnknownVersion.class).isThrownBy(() -> found("1.0.0"))
                .withMessageContainingAll("1.0.0", "/api/version HTTP 404", "/ HTTP 200 without a version",
                        "VERSION_PATTERN");
    }

    @Test
    void aVersionThatHasNothingToDoWithTheTagIsTakenOnlyIfSomebodySaysSo() {
        bodies.put("/version", "{\"version\":\"3\"}");

        assertThatExceptionOfType(UnknownVersion.class).isThrownBy(() -> found("9f3c2e1"))
                .withMessageContainingAll("answers 3", "9f3c2e1", "VERSION_PATH=/version");
        VersionReading reading = lookup(Optional.of(Endpoint.VERSION), "9f3c2e1").find();
        assertThat(reading.answer()).contains("3");
        assertThat(reading.relation()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/version     | 1.0.0                                           | v1.0.0 | 1.0.0",
        "/version     | \"1.0.0\"                                         | 1.0.0  | 1.0.0",
        "/version     | v1.2.3-4-gabc1234                               | v1.2.3-4-gabc1234 | v1.2.3-4-gabc1234",
        "/healthz     | Version: 1.0.0                                  | 1.0.0  | 1.0.0",
        "/            | <h1>Shop</h1><p class=\"version\">v1.0.0</p>      | 1.0.0  | v1.0.0",
        "/            | <p>Version <b>1.0.0</b></p>                     | 1.0.0  | 1.0.0",
        "/info        | {\"build\": {\"number\": 42}}                      | 42     | 42",
        "/version     | 42                                              | 42     | 42",
        "/version     | {\"version\": 42}                                | build-42 | 42"})
    void aVersionIsFoundInTextAndAsANumber(String path, String body, String tag, String said) {
        bodies.put(path, body + (body.startsWith("{") ? "" : "\n"));

        VersionReading reading = found(tag);

        assertThat(reading.endpoint().path()).isEqualTo(path);
        assertThat(reading.answer()).contains(said);
        assertThat(answer(reading.endpoint()).version()).contains(said);
    }

    @Test
    void aNumberThatMoreIsAddedToIsNotCalledUnrelated() {
        bodies.put("/version", "{\"version\":\"1.2.3+build.5\"}");

        assertThatExceptionOfType(UnknownVersion.class).isThrownBy(() -> found("v1.2.3"))
                .withMessageContainingAll("JSON /version says 1.2.3+build.5", "VERSION_PATTERN", "the tag");
    }

    @Test
    void aPlaceOfTheSettingsThatHoldsNothingIsRefused() {
        bodies.put("/v", "{\"version\":\"1.0.0\"}");

        assertThatExceptionOfType(UnknownVersion.class).isThrownBy(() -> lookup(Optional.of(new VersionAnswer("/v",
                Place.Pointer.of("/build"), Optional.empty())), "1.0.0").find())
                .withMessageContainingAll("/v", "JSON /build");
        assertThatExceptionOfType(UnknownVersion.class).isThrownBy(() -> lookup(Optional.of(new VersionAnswer("/w",
                Place.Pointer.of("/build"), Optional.empty())), "1.0.0").find())
                .withMessageContainingAll("HTTP 404", "/w");
    }

    @Test
    void whereARouteHasAPathTheVersionIsLookedForUnderIt() {
        prefixes = List.of("/shop");
        bodies.put("/version", "{\"version\":\"another application's\"}");
        bodies.put("/shop/api/version", "{\"version\":\"1.0.0\"}");

        assertThat(found("1.0.0").endpoint().path()).isEqualTo("/shop/api/version");
        assertThatExceptionOfType(UnknownVersion.class).isThrownBy(() -> lookup(Optional.of(Endpoint.VERSION), "1.0.0")
                .find()).withMessage("No route leads /version to the live release: its routes have the paths /shop."
                        + " Set VERSION_PATH to one under them");
        prefixes = List.of("/api");
        bodies.put("/api/version", "{\"version\":\"1.0.0\"}");
        assertThat(found("1.0.0").endpoint().path()).isEqualTo("/api/version");
    }

    @Test
    void aServiceIsAskedWithoutThePrefixThatTheGatewayTakesOff() {
        prefixes = List.of("/shop");
        bodies.put("/shop/version", "{\"version\":\"1.0.0\"}");
        VersionReading reading = found("1.0.0");
        bodies.clear();
        bodies.put("/version", "{\"version\":\"1.0.0\"}");

        assertThat(VersionLookup.inside(reading, prefixes, asked -> Optional.of(answer(asked))).inside().path())
                .isEqualTo("/version");
        assertThat(VersionLookup.inside(reading, prefixes, asked -> Optional.empty())).isEqualTo(reading);
        bodies.put("/shop/version", "{\"version\":\"1.0.0\"}");
        assertThat(VersionLookup.inside(reading, prefixes, asked -> Optional.of(answer(asked)))).isEqualTo(reading);
        assertThat(VersionLookup.inside(reading, List.of(), asked -> Optional.of(answer(asked)))).isEqualTo(reading);
    }

    @Test
    void aGatewayThatAsksForALoginIsTheEnvironments() {
        statuses.put("", 401);

        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> found("1.0.0"))
                .withMessageContainingAll("lets nobody in without a login", "/version HTTP 401", "a route without");
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> lookup(Optional.of(Endpoint.VERSION),
                "1.0.0").find());
    }

    @Test
    void aReleaseThatDoesNotAnswerIsLeftToTheCriteria() {
        statuses.put("", 503);

        assertThat(found("1.0.0")).isEqualTo(new VersionReading(Endpoint.VERSION, Optional.empty(),
                Optional.of(TagRelation.EQUAL)));
        VersionAnswer given = new VersionAnswer("/v", Place.Pointer.of("/version"), Optional.empty());
        assertThat(lookup(Optional.of(given), "1.0.0").find().endpoint()).isEqualTo(given);
    }

    private VersionReading found(String tag) {
        return lookup(Optional.empty(), tag).find();
    }

    private VersionLookup lookup(Optional<VersionAnswer> given, String tag) {
        return new VersionLookup(given, tag, prefixes, "the gateway", this::answer);
    }

    private Answer answer(Endpoint endpoint) {
        String body = bodies.get(endpoint.path());
        return endpoint.read(Instant.EPOCH, body == null ? statuses.getOrDefault("", 404) : 200,
                body == null ? "" : body, headers, Duration.ZERO);
    }
}
