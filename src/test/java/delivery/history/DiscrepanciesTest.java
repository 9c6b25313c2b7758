package delivery.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiscrepanciesTest {

    private static final Instant FROM = Instant.parse("2026-01-31T12:00:00Z");
    private static final Instant AT = FROM.plusSeconds(10);
    private static final Instant TO = FROM.plusSeconds(60);
    private static final String CALL = "PATCH /rollouts/x/status {\"status\":{\"abort\":true}}";

    private static final RecordedCall ABORT = exchange(AT, "/rollouts/x/status", "{\"status\": {\"abort\": true}}");
    private static final HistoryEntry ENTRY =
            new HistoryEntry("BG-5", AT, "kubectl argo rollouts abort x", CALL, "aborted");

    @Test
    void noneWhereBothSayTheSame() {
        assertThat(between(List.of(ENTRY), List.of(ABORT))).isEmpty();
    }

    @Test
    void aCallThatRanMustBeWritten() {
        assertThat(between(List.of(ENTRY), List.of(ABORT, exchange(AT, "/rollouts/x", "{}"))))
                .containsExactly("a call ran that is not written: 2026-01-31T12:00:10Z kubernetes PATCH /rollouts/x");
    }

    @Test
    void aCallThatWasRefusedNeedNotBeWritten() {
        assertThat(between(List.of(ENTRY),
                List.of(ABORT, new RecordedCall(AT, "kubernetes", "PATCH", "/rollouts/x", 403, "{}"),
                new RecordedCall(AT, "argocd", "POST", "/api/v1/applications", 0, "{}")))).isEmpty();
    }

    @Test
    void aWrittenCallMustHaveRun() {
        assertThat(between(List.of(ENTRY), List.of())).singleElement().asString()
                .startsWith("the entry of BG-5 at 2026-01-31T12:00:10Z has a call that was not made: PATCH /r");
    }

    @Test
    void anotherBodyIsAnotherCall() {
        RecordedCall retry = exchange(AT, "/rollouts/x/status", "{\"status\":{\"abort\":false}}");

        assertThat(between(List.of(ENTRY), List.of(retry))).hasSize(2);
    }

    @Test
    void theSameCallTwiceMustBeWrittenTwice() {
        assertThat(between(List.of(ENTRY), List.of(ABORT, ABORT))).hasSize(1);

        HistoryEntry again = new HistoryEntry("BG-5", AT.plusSeconds(1), ENTRY.command(), CALL, "aborted");
        assertThat(between(List.of(ENTRY, again), List.of(ABORT))).hasSize(1);
    }

    @Test
    void twoCasesMayMakeTheSameCallInTheSameMillisecond() {
        HistoryEntry other = new HistoryEntry("BG-6", AT, ENTRY.command(), CALL, "scaled down");

        assertThat(between(List.of(ENTRY, other), List.of(ABORT, ABORT))).isEmpty();
        assertThat(between(List.of(ENTRY, other), List.of(ABORT))).hasSize(1);
    }

    @Test
    void aCutBodyAndAQueryStillTellOfTheSameCall() {
        HistoryEntry cut =
                new HistoryEntry("BG-5", AT, ENTRY.command(), "PATCH /rollouts/x/status {\"status\":{\"ab…", "aborted");

        RecordedCall asked = exchange(AT, "/rollouts/x/status?fieldManager=a", ABORT.body());
        assertThat(between(List.of(cut), List.of(asked))).isEmpty();
        assertThat(between(List.of(ENTRY), List.of(exchange(AT, "/rollouts/x/status", "")))).isEmpty();
    }

    @Test
    void aCallOfAnotherTimeIsAnotherCall() {
        assertThat(between(List.of(ENTRY), List.of(exchange(AT.plusSeconds(61), "/rollouts/x/status", "")))).hasSize(2);
    }

    @Test
    void aSlowAnswerMayLieBetweenTheCallAndItsEntry() {
        assertThat(between(List.of(ENTRY), List.of(exchange(AT.plusSeconds(60), "/rollouts/x/status", "")))).isEmpty();
        assertThat(between(List.of(ENTRY), List.of(exchange(AT.minusSeconds(60), "/rollouts/x/status", "")))).isEmpty();
    }

    @Test
    void anotherMethodOrPathIsAnotherCall() {
        RecordedCall other = new RecordedCall(AT, "kubernetes", "POST", "/rollouts/x/status", 200, "");
        assertThat(between(List.of(ENTRY), List.of(other))).hasSize(2);
        assertThat(between(List.of(ENTRY), List.of(exchange(AT, "/rollouts/x", "")))).hasSize(2);
    }

    @Test
    void ofTwoCallsTheNearerIsTheOneThatIsRecorded() {
        RecordedCall later = exchange(AT.plusSeconds(40), "/rollouts/x/status", ABORT.body());
        for (List<RecordedCall> ran : List.of(List.of(ABORT, later), List.of(later, ABORT))) {
            assertThat(between(List.of(ENTRY), ran)).singleElement().asString()
                    .startsWith("a call ran that is not written: " + later.at());
        }
    }

    @Test
    void entriesFindTheirCallsInTheOrderOfTheirTime() {
        HistoryEntry second = new HistoryEntry("BG-5", AT.plusSeconds(2), ENTRY.command(), CALL, "aborted");
        RecordedCall slow = exchange(AT.plusSeconds(61), "/rollouts/x/status", ABORT.body());
        assertThat(between(List.of(second, ENTRY), List.of(ABORT, slow)))
                .as("a second entry takes no call that the first is nearer to").isEmpty();
    }

    @Test
    void anEntryMayBeOfTheVeryBeginAndEnd() {
        for (Instant at : List.of(FROM, FROM.minusMillis(1), TO)) {
            HistoryEntry look = new HistoryEntry("BG-5", at, "kubectl get rollout x", "", "paused");
            assertThat(between(List.of(look), List.of())).as("at " + at).isEmpty();
        }
        for (Instant at : List.of(FROM.minusMillis(2), TO.plusMillis(1))) {
            HistoryEntry look = new HistoryEntry("BG-5", at, "kubectl get rollout x", "", "paused");
            assertThat(between(List.of(look), List.of())).as("at " + at).containsExactly("the entry of BG-5 at " + at
                    + " is not of this run, which went from " + FROM + " to " + TO);
        }
    }

    @Test
    void aCallThatIsNoneDidNotRun() {
        HistoryEntry odd = new HistoryEntry("BG-5", AT, "kubectl patch", "patched something", "done");
        assertThat(between(List.of(odd), List.of())).singleElement().asString().contains("a call that was not made");
    }

    @Test
    void anEntryNeedsACommandAnOutcomeAndATimeOfThisRun() {
        HistoryEntry poor = new HistoryEntry("BG-5", FROM.minusSeconds(1), "", "", " ");

        assertThat(between(List.of(poor), List.of())).hasSize(3)
                .anyMatch(text -> text.contains("has no command"))
                .anyMatch(text -> text.contains("has no outcome"))
                .anyMatch(text -> text.contains("is not of this run"));
    }

    @Test
    void everyCriterionAskedForNeedsAnEntry() {
        assertThat(Discrepancies.between(List.of(ENTRY), List.of(ABORT), List.of("BG-5", "RB-1"), FROM, TO))
                .containsExactly("RB-1 has no entry");
    }

    private static List<String> between(List<HistoryEntry> written, List<RecordedCall> ran) {
        return Discrepancies.between(written, ran, List.of("BG-5"), FROM, TO);
    }

    private static RecordedCall exchange(Instant at, String path, String body) {
        return new RecordedCall(at, "kubernetes", "PATCH", path, 200, body);
    }
}
