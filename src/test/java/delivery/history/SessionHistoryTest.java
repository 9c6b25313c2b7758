package delivery.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionHistoryTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.123456Z");
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

    @TempDir
    Path folder;

    private final SessionHistory history = new SessionHistory(CLOCK, UnaryOperator.identity());

    @Test
    void writesWhatAPersonWouldTypeAndWhatWasObserved() throws IOException {
        CaseHistory promotion = history.begin("BG-5", "Manual promotion switches traffic.");
        promotion.did("kubectl argo rollouts promote sample-api -n blue",
                "PATCH /apis/x/status {\"status\":{\"pauseConditions\":null}}", NOON);
        promotion.observed("the stable Service serves 1.1.0");
        promotion.observed("no request failed");
        history.begin("BG-6", "The old ReplicaSet is scaled down.")
                .looked("kubectl get rs -n blue", "sample-api-6f: 0 of 0");

        history.write(folder.resolve("reports/session-history.md"));

        assertThat(folder.resolve("reports/session-history.md")).hasContent("""
                # Session history

                Times are UTC.

                ## BG-5: Manual promotion switches traffic.

                | UTC | Command | Call | Outcome |
                |---|---|---|---|
                | 2026-01-31T12:00:00.123Z | `kubectl argo rollouts promote sample-api -n blue` | \
                `PATCH /apis/x/status {"status":{"pauseConditions":null}}` | \
                the stable Service serves 1.1.0; no request failed |

                ## BG-6: The old ReplicaSet is scaled down.

                | UTC | Command | Call | Outcome |
                |---|---|---|---|
                | 2026-01-31T12:00:00.123Z | `kubectl get rs -n blue` | – | sample-api-6f: 0 of 0 |
                """);
        assertThat(SessionHistory.read(folder.resolve("reports/session-history.md")))
                .isEqualTo(history.entries()).hasSize(2);
    }

    @Property(tries = 300)
    void isReadBackAsItWasWritten(
            @ForAll("lines") String command, @ForAll("lines") String call, @ForAll("lines") String outcome)
            throws IOException {
        SessionHistory written = new SessionHistory(CLOCK, UnaryOperator.identity());
        CaseHistory testCase = written.begin("CAN-A", "Title | with `marks`");
        testCase.did(command, "PATCH /" + call, NOON);
        testCase.observed(outcome);
        Path file = Files.createTempFile("history", ".md");
        try {
            written.write(file);

            assertThat(SessionHistory.read(file)).isEqualTo(written.entries());
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<String> lines() {
        return Arbitraries.strings().withChars('a', ' ', '|', '\\', '`', '<', '&', ';', '\n', '*', '–', 'l', 't')
                .ofMinLength(0).ofMaxLength(20);
    }

    @Test
    void longCallsAreCut() {
        CaseHistory undo = history.begin("RB-1", "Undo");
        undo.did("kubectl argo rollouts undo sample-api", "PATCH /x " + "y".repeat(5_000), NOON);

        assertThat(history.entries().get(0).call()).hasSize(600).endsWith("…");
    }

    @Test
    void longOutcomesAreCutHoweverTheyCameTogether() {
        CaseHistory testCase = history.begin("RB-1", "Undo");
        testCase.looked("kubectl get pods", "z".repeat(1_001));
        testCase.did("kubectl argo rollouts undo sample-api", "PATCH /x", NOON);
        testCase.observed("a".repeat(600));
        testCase.observed("b".repeat(600));
        testCase.looked("kubectl get pods", "z".repeat(1_000));

        assertThat(history.entries()).extracting(HistoryEntry::outcome).containsExactly(
                "z".repeat(999) + "…", "a".repeat(600) + "; " + "b".repeat(397) + "…", "z".repeat(1_000));
    }

    @Test
    void aCaseThatEndsEarlySaysWhyWhereNothingWasObserved() {
        CaseHistory testCase = history.begin("RB-1", "Undo");
        testCase.endedEarly("interrupted");
        assertThat(history.entries()).isEmpty();
        testCase.did("kubectl argo rollouts undo sample-api", "PATCH /x", NOON);
        testCase.endedEarly("interrupted");
        testCase.endedEarly("once more");
        testCase.looked("kubectl get rollout", "paused");
        testCase.endedEarly("interrupted");

        assertThat(history.entries()).extracting(HistoryEntry::outcome).containsExactly("interrupted", "paused");
        assertThat(testCase.criterion()).isEqualTo("RB-1");
        assertThat(testCase.title()).isEqualTo("Undo");
    }

    @Test
    void manyLinesBecomeOne() {
        history.begin("RB-1", "Undo").looked(" kubectl get  rollout \n -o yaml\r\n", "a: 1\n  b: 2\n\nc");
        assertThat(history.entries()).containsExactly(new HistoryEntry("RB-1", NOON.truncatedTo(ChronoUnit.MILLIS),
                "kubectl get  rollout -o yaml", "", "a: 1 b: 2 c"));
    }

    @Test
    void keepsNoSecret() {
        SessionHistory redacting = new SessionHistory(CLOCK, text -> text.replace("hidden", "***"));
        CaseHistory testCase = redacting.begin("BG-1", "Title");
        testCase.did("argocd --auth-token hidden", "PATCH /x hidden", NOON);
        testCase.observed("hidden");
        testCase.looked("hidden", "hidden");

        assertThat(redacting.entries().toString()).doesNotContain("hidden");
    }

    @Test
    void nothingIsObservedBeforeAnythingIsDone() {
        CaseHistory testCase = history.begin("BG-1", "Title");

        assertThatThrownBy(() -> testCase.observed("seen")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSpoiledFileIsNotReadAsHistory() throws IOException {
        Path file = folder.resolve("history.md");
        Files.writeString(file, "## BG-1: Title\n\n| 2026-01-31T12:00:00Z | `a` | – |\n");
        assertThatThrownBy(() -> SessionHistory.read(file)).isInstanceOf(IOException.class)
                .hasMessageContaining("history.md:3: is not a line of a test case's table");

        Files.writeString(file, "## BG-1: Title\n\n| yesterday | `a` | – | seen |\n");
        assertThatThrownBy(() -> SessionHistory.read(file))
                .hasMessageContaining("history.md:3: does not begin with a time");

        Files.writeString(file, "## BG-1: Title\n\n| 2026-01-31T12:00:00Z | `a` | – | seen | more |\n");
        assertThatThrownBy(() -> SessionHistory.read(file)).hasMessageContaining("history.md:3: is not a line");

        Files.writeString(file, "| 2026-01-31T12:00:00Z | `a` | – | seen |\n");
        assertThatThrownBy(() -> SessionHistory.read(file)).hasMessageContaining("history.md:1");
    }
}
