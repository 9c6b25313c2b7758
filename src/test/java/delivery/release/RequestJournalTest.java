package delivery.release;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.evidence.Evidence;
import delivery.evidence.Redaction;
import delivery.gateway.Gateway;
import delivery.gateway.HostEntrance;
import delivery.history.HistoryEntry;
import delivery.history.SessionHistory;
import delivery.traffic.Answer;
import delivery.traffic.Endpoint;
import delivery.traffic.Page;
import delivery.traffic.Sample;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestJournalTest {

    private static final Sample SAMPLE = new Sample(List.of(answer(), answer()));

    private static Answer answer() {
        return new Answer(Instant.EPOCH, 200, Optional.of("2.0.0"), Optional.empty(), Optional.empty(), Duration.ZERO);
    }

    private final Redaction none = new Redaction(List.of());
    private final SessionHistory history = new SessionHistory(Clock.systemUTC(), none);
    private final RequestJournal journal = new RequestJournal(new Journal(history.begin("BG-3", "a criterion"),
            new Evidence(none)), new HostEntrance(new Gateway(
                    URI.create("http://gateway"), Optional.empty()), "shop.test"));

    @Test
    void aServiceIsNamedByItsOwnNameAndPort() {
        journal.service(SAMPLE, "the preview Service", "/api/v1/namespaces/n/services/shop-next:web/proxy/version");
        assertThat(history.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.command()).isEqualTo("for i in $(seq 2); do kubectl get --raw"
                    + " /api/v1/namespaces/n/services/shop-next:web/proxy/version; done");
            assertThat(entry.call()).isEmpty();
            assertThat(entry.outcome()).contains("2.0.0");
        });
    }

    @Test
    void usersAreNamedByTheirHost() {
        journal.requests(SAMPLE, Endpoint.VERSION);
        journal.requests(SAMPLE, Page.naming("2.0.0"));
        assertThat(history.entries()).extracting(HistoryEntry::command)
                .containsExactly("for i in $(seq 2); do curl -s -H 'Host: shop.test' http://gateway/version; done",
                        "for i in $(seq 2); do curl -s -H 'Host: shop.test' http://gateway/; done");
    }

    @Test
    void whatUsersSendAllTheWhileIsNoCommandOfThisMoment() {
        journal.allTheWhile(SAMPLE);
        assertThat(history.entries()).isEmpty();
    }
}
