package delivery.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.report.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoakTableTest {

    @TempDir
    Path folder;

    @Test
    void aRunIsGreenOnlyIfEveryCriterionIsProvenAndItEndedSo() {
        assertThat(run(1, false, 0, "proven", 3).complaints()).isEmpty();
        assertThat(run(1, false, 1, "proven", 3).complaints()).containsExactly("exit code 1");
        assertThat(run(1, false, 0, "not-met", 3).complaints()).containsExactly("its result is failure",
                "BG-1 not-met: because");
        assertThat(run(1, false, 0, "not-run", 3).complaints()).containsExactly("its result is failure",
                "BG-1 not-run: because");
        assertThat(new SoakRun(1, false, 7, 9, -1, Optional.empty(), Optional.empty(), "it hangs").complaints())
                .containsExactly("it hangs", "exit code -1", "no record");
    }

    @Test
    void theTableHasEachRunTheRedsAndTheSlowestWaitBesideItsLimit() throws IOException {
        SoakTable table = new SoakTable(folder.resolve("soak.md"), 4);
        table.add(run(1, false, 0, "proven", 3));
        table.add(run(2, true, 0, "proven", 24));
        assertThat(folder.resolve("soak.md")).content().contains("2 of 4 complete runs", "**2 green, 0 not**");
        table.add(run(3, false, 1, "not-met", 12));

        assertThat(folder.resolve("soak.md")).content().contains("3 of 4 complete runs", "**2 green, 1 not**",
                "| with nothing else to do | 2 | 80.0 / 80.0 / 80.0 | 90.0 / 90.0 / 90.0 |",
                "| loaded | 1 | 80.0 / 80.0 / 80.0 |",
                "| 2 | loaded | 7 | 99.0 | 80.0 | 1 | 0 | 0 | 0 | green |",
                "| 3 |  | 7 | 99.0 | 80.0 | 0 | 1 | 0 | 1 | **exit code 1; its result is failure; BG-1 not-met:"
                        + " because** |",
                "| BG-1 | **1**: run 3 | 11.0 s | route: 24.0 of 30 s, run 2, loaded | sync: 30.0 of 60 s, run 1 |",
                "| route | 30 s | 24.0 s | 80% | BG-1 | 2, loaded |", "| sync | 60 s | 30.0 s | 50% | BG-1 | 1 |");
    }

    @Test
    void theMiddleOfAnEvenNumberIsBetweenTheTwo() {
        assertThat(Spread.of(List.of(4.0, 1.0, 3.0, 2.0))).hasToString("1.0 / 2.5 / 4.0");
        assertThat(Spread.of(List.of(9.0, 1.0, 3.0))).hasToString("1.0 / 3.0 / 9.0");
    }

    @Test
    void whatARunTookIsWhatItSaid() {
        assertThat(Took.in("x\ntook 103.8 s: 93.1 s to prove, 10.7 s to report and to remove what was made; the suite"))
                .contains(new Took(103.8, 93.1));
        assertThat(Took.in("interrupted")).isEmpty();
    }

    private static SoakRun run(int number, boolean loaded, int exit, String verdict, double route) {
        boolean proven = verdict.equals("proven");
        RunRecord.Counts counts = new RunRecord.Counts(proven ? 1 : 0, verdict.equals("not-met") ? 1 : 0,
                verdict.equals("not-run") ? 1 : 0, 0);
        RunRecord record = new RunRecord("abcde", "", "", proven ? RunRecord.Outcome.SUCCESS
                : RunRecord.Outcome.FAILURE, exit, null, null, Map.of(), counts,
                List.of(new RunRecord.Line("BG-1", "", "", true, verdict, "", proven ? null : "because", "", 11)),
                Set.of(), List.of(),
                List.of(new RunRecord.Wait("BG-1", "route", route, 30), new RunRecord.Wait("BG-1", "sync", 30, 60)),
                null);
        return new SoakRun(number, loaded, 7, 99, exit, Optional.of(record), Optional.of(new Took(90, 80)), "");
    }
}
