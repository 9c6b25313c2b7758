package delivery.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class VersionAnswerTest {

    private static final Map<String, String> HEADERS = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static {
        HEADERS.put("X-Version", " 1.0.0 ");
        HEADERS.put("X-Pod", "pod-a");
    }

    @Test
    void aVersionStandsInJsonAHeaderOrAText() {
        assertThat(read(Place.Pointer.of("/build/version"), "{\"build\":{\"version\":\"1.0.0\"}}")).contains("1.0.0");
        assertThat(read(Place.Pointer.of("/0/v"), "[{\"v\": \"7\"}]")).contains("7");
        assertThat(read(Place.Pointer.of("/build").orNumber(), "{\"build\": 42}")).contains("42");
        assertThat(read(Place.Pointer.of("/build").orNumber(), "{\"build\": 1.10}")).isEmpty();
        assertThat(read(new Place.Header("x-version"), "anything")).contains("1.0.0");
        assertThat(read(new Place.Text(Pattern.compile("version=(\\S+)")), "app version=1.0.0 x")).contains("1.0.0");
    }

    @Test
    void whatDoesNotStandThereIsNoVersion() {
        for (String body : new String[] {"{}", "{\"version\":null}", "{\"version\":\" \"}", "{\"version\":{}}",
            "{\"version\":2}", "no",
            ""}) {
            Answer answer = answer(Endpoint.VERSION, 200, body);
            assertThat(answer.version()).as(body).isEmpty();
            assertThat(answer.failure()).contains("HTTP 200 without a version");
        }
        assertThat(read(new Place.Header("X-Other"), "")).isEmpty();
        assertThat(read(new Place.Text(Pattern.compile("version=(\\S+)?")), "version=")).isEmpty();
        assertThat(answer(Endpoint.VERSION, 503, "{\"version\":\"1\"}").failure()).contains("HTTP 503");
    }

    @Test
    void thePodIsShownOrNot() {
        assertThat(answer(Endpoint.VERSION, 200, "{\"version\":\"1\",\"pod\":\"a\"}").pod()).contains("a");
        assertThat(answer(new VersionAnswer("/v", Place.Pointer.of("/version"), Optional.empty()), 200,
                "{\"version\":\"1\",\"pod\":\"a\"}").pod()).isEmpty();
        assertThat(answer(new VersionAnswer("/v", Place.Pointer.of("/version"), Optional.of(new Place.Header("x-pod"))),
                200, "{\"version\":\"1\"}").pod()).contains("pod-a");
    }

    @Test
    void onlyAPlaceInJsonAsksForJson() {
        assertThat(Endpoint.VERSION.accept()).isEqualTo("application/json");
        assertThat(new VersionAnswer("/v", new Place.Header("x-version"), Optional.empty()).accept()).isEqualTo("*/*");
        assertThat(Endpoint.VERSION).hasToString("/version (JSON /version)");
    }

    private static Optional<String> read(Place place, String body) {
        return answer(new VersionAnswer("/x", place, Optional.empty()), 200, body).version();
    }

    private static Answer answer(VersionAnswer endpoint, int status, String body) {
        return endpoint.read(Instant.EPOCH, status, body, HEADERS, Duration.ZERO);
    }
}
