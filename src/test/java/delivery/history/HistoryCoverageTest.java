package delivery.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryCoverageTest {

    private static final HistoryCoverage COVERAGE = new HistoryCoverage(List.of("argocd app set ", "kubectl "));

    private static HistoryEntry entry(String command, String outcome) {
        return new HistoryEntry("BG-1", Instant.EPOCH, command, "", outcome);
    }

    @Test
    void eachCommandMustBeThereWithAnOutcome() {
        HistoryEntry set = entry("argocd app set shop", "synced");
        HistoryEntry promoted = entry("kubectl argo rollouts promote shop", "promoted");
        assertThat(COVERAGE.complaint(List.of(set, promoted))).isEmpty();
        assertThat(COVERAGE.complaint(List.of(set)))
                .contains("The Session History of this case has no \"kubectl\"");
        assertThat(COVERAGE.complaint(List.of(set, entry("my kubectl ", "promoted")))).isPresent();
        assertThat(COVERAGE.complaint(List.of(set, promoted, entry("curl", " "))))
                .contains("The Session History has no outcome of: curl");
    }

    @Test
    void anEntryIsARowOfTimeCommandAndOutcome() {
        assertThat(entry("curl", "1.0.0").row()).containsExactly("1970-01-01T00:00:00Z", "curl", "1.0.0")
                .hasSameSizeAs(HistoryEntry.HEADER);
    }

    @Test
    void aCaseTellsOfThePushOfItsVersionOnlyIfItMadeIt() {
        CallLog log = new CallLog();
        RecordedCall own = new RecordedCall(Instant.EPOCH, "argocd", "PATCH", "/applications/shop-bg-1", 200, "");
        RecordedCall push = new RecordedCall(Instant.EPOCH, "registry", "PUT", "/v2/o/shop/manifests/2", 201, "");
        RecordedCall other = new RecordedCall(Instant.EPOCH, "argocd", "PATCH", "/manifests/2", 200, "");
        List.of(own, push, other).forEach(log::record);
        HistoryEntry pushed = new HistoryEntry("BG-1", Instant.EPOCH, "docker push", "PUT /v2/o/shop/manifests/2", "");
        assertThat(log.pushesOf("manifests/2", List.of(pushed))).containsExactly(push);
        assertThat(log.pushesOf("manifests/2", List.of(entry("curl", "")))).isEmpty();
    }

    @Test
    void discrepanciesAreASentence() {
        assertThat(Discrepancies.complaint(List.of())).isEmpty();
        assertThat(Discrepancies.complaint(List.of("a", "b"))).hasValueSatisfying(why ->
                assertThat(why).endsWith("differ: a; b"));
    }
}
