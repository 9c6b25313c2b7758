package delivery.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SampleTest {

    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final Sample sample = new Sample(List.of(
            answer(3, 503, "no server"),
            answer(0, 200, "{\"version\": \"1.0.0\", \"pod\": \"a\"}"),
            answer(2, 200, "{\"version\": \"2.0.0\", \"pod\": \"b\", \"release\": \"2.0.0\"}"),
            answer(1, 200, "{\"version\": \"1.0.0\", \"pod\": \"c\"}")));

    @Test
    void answersAreInTheOrderTheyWereAskedFor() {
        assertThat(sample.answers()).extracting(Answer::at)
                .containsExactly(START, START.plusSeconds(1), START.plusSeconds(2), START.plusSeconds(3));
    }

    @Test
    void answersAreCountedByVersionByPodAndByFailure() {
        assertThat(sample.byVersion()).isEqualTo(Map.of("1.0.0", 2, "2.0.0", 1));
        assertThat(sample.byPod()).isEqualTo(Map.of("a", 1, "b", 1, "c", 1));
        assertThat(sample.failures()).isEqualTo(Map.of("HTTP 503", 1));
    }

    @Test
    void thePodsOfAVersionAreThoseThatAnsweredWithIt() {
        assertThat(sample.podsOf("1.0.0")).containsExactly("a", "c");
        assertThat(sample.podsOf("3.0.0")).isEmpty();
        assertThat(sample.lost()).isEqualTo(1);
        assertThat(sample.cookies()).isEmpty();
        assertThat(new Sample(List.of(answer(0, 200, "{\"version\": \"1\"}").setting(Set.of("canary")))).cookies())
                .containsExactly("canary");
    }

    @Test
    void theSlowestAnswerIsShown() {
        assertThat(new Sample(List.of(Endpoint.VERSION.read(START, 200, "{\"version\":\"1\"}", Map.of(),
                Duration.ofMillis(3)),
                Answer.lost(START, "no | answer", Duration.ofMillis(1500)),
                Endpoint.VERSION.read(START, 404, "", Map.of(), Duration.ofMillis(4)))).table())
                .contains("| failed: no \\| answer | 1 | 33.3% |").endsWith("the slowest took 1500 ms.\n");
    }

    @Test
    void whatWasLostSaysWhyAndWhatWasServedByWhom() {
        Answer lost = Answer.lost(START, "connection refused", Duration.ofSeconds(2));
        assertThat(lost).isEqualTo(new Answer(START, 0, Optional.empty(), Optional.empty(),
                Optional.of("connection refused"), Duration.ofSeconds(2)));
        assertThat(answer(0, 200, "{\"version\":\"1.0.0\"}")).isEqualTo(new Answer(START, 200, Optional.of("1.0.0"),
                Optional.empty(), Optional.empty(), Duration.ofMillis(7)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Answer(START, 200, Optional.empty(), Optional.of("a"),
                Optional.empty(), Duration.ZERO));
    }

    @Test
    void aFailedRequestIsPartOfTheWhole() {
        assertThat(sample.share("1.0.0")).isCloseTo(50, within(1e-9));
        assertThat(sample.share("3.0.0")).isZero();
        assertThat(new Sample(List.of()).share("1.0.0")).isZero();
    }

    @Test
    void theTableShowsAllOfIt() {
        assertThat(sample.table()).isEqualTo("""
                | Answered by | Requests | Share |
                |---|---:|---:|
                | version 1.0.0 | 2 | 50.0% |
                | version 2.0.0 | 1 | 25.0% |
                | pod a | 1 | 25.0% |
                | pod b | 1 | 25.0% |
                | pod c | 1 | 25.0% |
                | failed: HTTP 503 | 1 | 25.0% |

                4 requests from 2026-01-02T03:04:05Z to 2026-01-02T03:04:08Z, the slowest took 7 ms.
                """);
        assertThat(new Sample(List.of()).table()).endsWith("0 requests.\n");
    }

    @Test
    void onlyAVersionIsAnAnswer() {
        for (String body : List.of("", "<html>", "{}", "[]", "null", "{\"version\": \"\"}", "{\"version\": 2}")) {
            Answer answer = answer(0, 200, body);
            assertThat(answer.served()).as(body).isFalse();
            assertThat(answer.failure()).as(body).contains("HTTP 200 without a version");
        }
    }

    private static Answer answer(int second, int status, String body) {
        return Endpoint.VERSION.read(START.plusSeconds(second), status, body, Map.of(), Duration.ofMillis(7));
    }
}
