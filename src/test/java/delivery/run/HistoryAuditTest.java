package delivery.run;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.history.CallLog;
import delivery.history.HistoryEntry;
import delivery.history.RecordedCall;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HistoryAuditTest {

    private static final Instant BEGUN = Instant.now();

    private final HistoryAudit audit = new HistoryAudit();
    private final CallLog log = new CallLog();

    @Test
    void aJudgedCaseMustBeRecorded() {
        audit.began("BG-1");
        assertThat(found(List.of(), "BG-1")).containsExactly("BG-1 has no entry");
    }

    /** The pre-check throws before it has anything to report if there is an environment problem. */
    @Test
    void aCaseThatTheEnvironmentEndedHasNothingToTell() {
        audit.began("PRE-1");
        audit.began("BG-1");
        assertThat(found(List.of(entry("BG-1", "")), "BG-1")).isEmpty();
        assertThat(found(List.of())).isEmpty();
    }

    @Test
    void aCallOfAJudgedCaseThatIsNotRecordedIsFound() {
        audit.began("BG-1");
        audit.made("sample-api-bg-1-x", "BG-1");
        log.record(call("argocd", "/api/v1/applications/sample-api-bg-1-x", 200));
        assertThat(found(List.of(entry("BG-1", "")), "BG-1")).singleElement().asString()
                .startsWith("a call ran that is not written").contains("sample-api-bg-1-x");
    }

    @Test
    void aCallOfACaseThatTheEnvironmentEndedNeedNotBeRecorded() {
        audit.began("BG-1");
        audit.began("BG-2");
        audit.made("sample-api-bg-1-x", "BG-1");
        log.record(call("argocd", "/api/v1/applications/sample-api-bg-1-x", 200));
        assertThat(found(List.of(entry("BG-2", "")), "BG-2")).isEmpty();
    }

    /** A release that one case returned and another took over. */
    @Test
    void eachCaseTellsTheCallsOfItsOwnTenure() {
        audit.began("BG-1");
        audit.began("BG-2");
        audit.made("sample-api-bg-1-x", "BG-1");
        log.record(call("argocd", "/api/v1/applications/sample-api-bg-1-x", 200));
        Instant handed = Instant.now().plusMillis(5);
        while (Instant.now().isBefore(handed)) {
            Thread.onSpinWait();
        }
        audit.made("sample-api-bg-1-x", "BG-2");
        log.record(new RecordedCall(Instant.now().plusMillis(1), "kubernetes", "PATCH",
                "/apis/rollouts/sample-api-bg-1-x", 200, ""));

        assertThat(found(List.of(entry("BG-1", ""), entry("BG-2", "PATCH /apis/rollouts/sample-api-bg-1-x")), "BG-2"))
                .isEmpty();
        assertThat(found(List.of(entry("BG-1", ""), entry("BG-2", "PATCH /apis/rollouts/sample-api-bg-1-x")), "BG-1",
                "BG-2")).singleElement().asString().contains("/api/v1/applications/sample-api-bg-1-x");
        assertThat(audit.madeFor("BG-1")).isEqualTo(audit.madeFor("BG-2")).containsExactly("sample-api-bg-1-x");
        assertThat(audit.calls("BG-2", "sample-api-bg-1-x", log)).extracting(RecordedCall::method)
                .containsExactly("PATCH");
    }

    @Test
    void aPushIsRecordedByWhoeverPushedUnlessTheEnvironmentEndedThat() {
        audit.began("SET-1");
        audit.began("BG-1");
        log.record(call("registry", "/v2/sample-api/manifests/1.1.0", 201));
        List<HistoryEntry> written = List.of(entry("BG-1", ""), entry("SET-1", ""));
        assertThat(found(written, "BG-1")).isEmpty();
        assertThat(found(written, "BG-1", "SET-1")).hasSize(1);
        assertThat(found(List.of(entry("BG-1", "PUT /v2/sample-api/manifests/1.1.0")), "BG-1")).isEmpty();
    }

    /** DOC-1 was reported as not met, because another case had pushed a version with a longer tag. */
    @Test
    void thePushOfALongerTagIsAnotherPush() {
        audit.began("CAN-A");
        audit.began("DOC-1");
        log.record(call("registry", "/v2/sample-api/manifests/1.1.0", 201));
        log.record(call("registry", "/v2/sample-api/manifests/1.1.0-faulty", 201));
        assertThat(found(List.of(entry("CAN-A", "PUT /v2/sample-api/manifests/1.1.0-faulty"), entry("DOC-1", "")),
                "CAN-A")).isEmpty();
    }

    @Test
    void whatIsRecordedAndDidNotRunIsFound() {
        audit.began("BG-1");
        assertThat(found(List.of(entry("BG-1", "PATCH /apis/x")), "BG-1")).singleElement().asString()
                .contains("has a call that was not made");
    }

    private List<String> found(List<HistoryEntry> written, String... judged) {
        return audit.discrepancies(written, log, Set.of(judged), BEGUN);
    }

    private static HistoryEntry entry(String criterion, String call) {
        return new HistoryEntry(criterion, Instant.now(), "kubectl get nodes", call, "seen");
    }

    private static RecordedCall call(String target, String path, int status) {
        return new RecordedCall(Instant.now(), target, target.equals("registry") ? "PUT" : "POST", path, status, "");
    }
}
