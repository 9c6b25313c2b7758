package delivery.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The search of an answer for the version of a release whose tags are the numbers of its builds. */
class AnswerSearchTest {

    private static AnswerSearch.Asked ask(String path, String tag, String body, Map<String, String> headers) {
        return AnswerSearch.ask(path, tag, endpoint -> endpoint.read(Instant.now(), 200, body, headers, Duration.ZERO));
    }

    @Test
    void placesThatAreCalledAVersionComeFirstThenThoseEqualToTheTag() {
        AnswerSearch.Asked asked = ask("/info", "v1.2.3",
                "{\"image\": \"v1.2.3\", \"version\": \"1.2.3\", \"about\": {\"versions\": [\"v1.2.3\"]}}", Map.of());
        assertThat(asked.words())
                .isEqualTo("JSON /about/versions/0 says v1.2.3, JSON /version says 1.2.3, JSON /image says v1.2.3");
        assertThat(asked.clear()).as("they disagree").isEmpty();
        assertThat(asked.answer().version()).contains("v1.2.3");
        assertThat(asked.path()).isEqualTo("/info");
    }

    @Test
    void aPlaceWithAFittingNameIsPreferredToOthers() {
        assertThat(ask("/info", "v1.2.3", "{\"image\": \"v1.2.3\", \"version\": \"1.2.3\"}", Map.of()).clear())
                .map(AnswerSearch.Found::said).contains("1.2.3");
        assertThat(ask("/info", "v1.2.3", "{\"image\": \"v1.2.3\", \"number\": \"1.2.3\"}", Map.of()).clear())
                .isEmpty();
        assertThat(ask("/info", "v1.2.3", "{\"image\": \"v1.2.3\"}", Map.of("x-release", "v1.2.3")).clear())
                .map(AnswerSearch.Found::said).contains("v1.2.3");
    }

    @Test
    void aTextOrAPageIsSearchedForAWordOnly() {
        assertThat(ask("/", "1.2.3", "1.2.3\n", Map.of()).words()).startsWith("text at").endsWith("says 1.2.3");
        assertThat(ask("/", "1.2.3", "<p>Version: <b>1.2.3</b></p>", Map.of()).found()).hasSize(1);
        assertThat(ask("/", "1.2.3", "{\"other\": true}", Map.of()).answer().failure())
                .contains("HTTP 200 without a version");
    }

    @Test
    void aValueWithTheNumberOfTheTagIsShownWithoutARelation() {
        AnswerSearch.Asked asked = ask("/info", "1.2.3-a1", "{\"version\": \"1.2.3+b2\", \"other\": \"2.0.0\"}",
                Map.of());
        assertThat(asked.found()).isEmpty();
        assertThat(asked.near()).containsExactly("JSON /version says 1.2.3+b2");
    }

    @Test
    void theSearchAsksForJsonFirst() {
        AnswerSearch.ask("/info", "1", endpoint -> {
            assertThat(endpoint.accept()).startsWith("application/json");
            assertThat(endpoint.path()).isEqualTo("/info");
            return Answer.lost(Instant.EPOCH, "not asked", Duration.ZERO);
        });
    }

    @Test
    void pathsAreSearchedBelowThePrefixesOfTheRoute() {
        assertThat(AnswerSearch.paths(List.of())).isEqualTo(AnswerSearch.PATHS);
        assertThat(AnswerSearch.paths(List.of("/api"))).startsWith("/api/version", "/api/v1/version", "/api/info")
                .contains("/api/health").doesNotContain("/version", "/health").doesNotHaveDuplicates();
        assertThat(AnswerSearch.paths(List.of("/a", "/b", "/c", "/d"))).contains("/c/version")
                .doesNotContain("/d/version");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/health|{\"connections\": 42}|0", "/|42|0", "/health|{\"build\": {\"number\": 42}}|1",
        "/version|42|1", "/info|{\"version\": \"42\", \"pods\": 42}|1"})
    void aSmallNumberIsAVersionOnlyWhereItIsCalledSo(String path, String body, int found) {
        AnswerSearch.Asked asked = AnswerSearch.ask(path, "42", endpoint ->
                endpoint.read(Instant.now(), 200, body, Map.of("x-left", "42"), Duration.ZERO));
        assertThat(asked.found()).hasSize(found);
    }
}
