package delivery.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The search of an answer for the version of a release whose tags are the numbers of its builds. */
class AnswerSearchTest {

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
