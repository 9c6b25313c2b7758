package delivery.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AnyOfTest {

    private static final AnyOf EITHER = new AnyOf("the users", Set.of("1", "2"), false);
    private static final AnyOf BOTH = new AnyOf("the users", Set.of("1", "2"), true);

    @Test
    void eitherVersionWillDo() {
        assertThat(EITHER.complaint(sample("1", "1"))).isEmpty();
        assertThat(EITHER.complaint(sample("2", "1"))).isEmpty();
    }

    @Test
    void whereBothMustHaveTheOneThatDidNotIsNamed() {
        assertThat(BOTH.complaint(sample("1", "2"))).isEmpty();
        assertThat(BOTH.complaint(sample("1", "1")))
                .contains("Of 2 requests of the users some must be answered by version 2; 2 were answered by version"
                        + " 1");
    }

    @Test
    void anotherVersionAndWhatFailedIsCounted() {
        assertThat(EITHER.complaint(sample("1", "3", "")))
                .contains("Every one of 3 requests of the users must be answered by"
                + " version 1 or 2; 1 were answered by version 3, 1 failed (HTTP 502)");
        assertThat(EITHER.complaint(sample())).contains("Every one of 0 requests of the users must be answered by"
                + " version 1 or 2; none was sent");
    }

    @Test
    void aSampleSaysWhoAnswered() {
        assertThat(sample("1", "1", "2", "").sentence())
                .isEqualTo("2 were answered by version 1, 1 were answered by version 2, 1 failed (HTTP 502)");
    }

    private static Sample sample(String... versions) {
        List<Answer> answers = Stream.of(versions).map(version -> version.isEmpty()
                ? Answer.lost(Instant.EPOCH, "HTTP 502", Duration.ZERO)
                : Endpoint.VERSION.read(Instant.EPOCH, 200, "{\"version\": \"" + version + "\"}", Map.of(),
                        Duration.ZERO)).toList();
        return new Sample(answers);
    }
}
