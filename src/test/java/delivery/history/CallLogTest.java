package delivery.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallLogTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final CallLog log = new CallLog();

    @Test
    void keepsTheOrderOfTheirTime() {
        log.record(exchange(2, "/b", ""));
        log.record(exchange(1, "/a", ""));

        assertThat(log.exchanges()).extracting(RecordedCall::path).containsExactly("/a", "/b");
    }

    @Test
    void findsAScenarioByItsNameInPathOrBody() {
        log.record(exchange(1, "/api/v1/namespaces", "{\"name\":\"blue-7f3a\"}"));
        log.record(exchange(2, "/apis/rollouts/blue-7f3a/status", ""));
        log.record(exchange(3, "/apis/rollouts/canary-11", ""));

        assertThat(log.callsOf("blue-7f3a")).hasSize(2);
        assertThatThrownBy(() -> log.callsOf(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void losesNoneOfManyThreads() {
        IntStream.range(0, 2_000).parallel().forEach(second -> log.record(exchange(second, "/" + second, "")));

        assertThat(log.exchanges()).hasSize(2_000);
    }

    @Test
    void keepsNoSecret() {
        CallLog redacting = new CallLog(text -> text.replace("hidden", "***"));
        redacting.record(exchange(1, "/x?token=hidden", "hidden"));

        assertThat(redacting.exchanges().toString()).doesNotContain("hidden").contains("/x?token=***");
    }

    private static RecordedCall exchange(int second, String path, String body) {
        return new RecordedCall(NOON.plusSeconds(second), "kubernetes", "PATCH", path, 200, body);
    }
}
