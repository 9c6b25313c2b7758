package delivery.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExchangeLogTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final ExchangeLog log = new ExchangeLog();

    @Test
    void keepsTheOrderOfTheirTime() {
        log.record(exchange(2, "/b", ""));
        log.record(exchange(1, "/a", ""));

        assertThat(log.exchanges()).extracting(Exchange::path).containsExactly("/a", "/b");
    }

    @Test
    void findsAScenarioByItsNameInPathOrBody() {
        log.record(exchange(1, "/api/v1/namespaces", "{\"name\":\"blue-7f3a\"}"));
        log.record(exchange(2, "/apis/rollouts/blue-7f3a/status", ""));
        log.record(exchange(3, "/apis/rollouts/canary-11", ""));

        assertThat(log.exchangesOf("blue-7f3a")).hasSize(2);
        assertThatThrownBy(() -> log.exchangesOf(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void losesNoneOfManyThreads() {
        IntStream.range(0, 2_000).parallel().forEach(second -> log.record(exchange(second, "/" + second, "")));

        assertThat(log.exchanges()).hasSize(2_000);
    }

    @Test
    void keepsNoSecret() {
        ExchangeLog redacting = new ExchangeLog(text -> text.replace("hidden", "***"));
        redacting.record(exchange(1, "/x?token=hidden", "hidden"));

        assertThat(redacting.exchanges().toString()).doesNotContain("hidden").contains("/x?token=***");
    }

    private static Exchange exchange(int second, String path, String body) {
        return new Exchange(NOON.plusSeconds(second), "kubernetes", "PATCH", path, 200, body);
    }
}
