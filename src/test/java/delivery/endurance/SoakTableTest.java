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
    void theTableSaysWhatEachCriterionCostsInGreenRunsOnAnIdleMachine() throws IOException {
        SoakTable table = new SoakTable(folder.resolve("soak.md"), 4);
        table.add(costing(1, 10, 30));
        table.add(costing(3, 14, 20));
        table.add(run(2, true, 0, "proven", 3));
        table.add(run(5, false, 1, "not-met", 3));

        assertThat(folder.resolve("soak.md")).content().contains("own case in 2 green runs",
                "| BG-1 | 10.0 / 12.0 / 14.0 | 32.4% |", "| BG-2 | 20.0 / 25.0 / 30.0 | 67.6% |");
    }

    @Test
    void aCriterionThatTakesMuchMoreOfARunThanInTheLastSoakIsNamed() throws IOException {
        Path before = folder.resolve("before.md");
        SoakTable last = new SoakTable(before, 1);
        last.add(costing(1, 10, 30));
        SoakTable table = new SoakTable(folder.resolve("soak.md"), 10);
        for (int number = 1; number < 10; number++) {
            table.add(costing(number, 25, 30));
        }
        assertThat(table.grown(before)).as("of nine runs").isEmpty();
        table.add(costing(10, 25, 30));

        assertThat(table.grown(before)).containsExactly(
                "BG-1 takes 45.5% of a run (middle 25.0 s), and took 25.0% in before.md");
        assertThat(table.grown(folder.resolve("none.md"))).isEmpty();
    }

    @Test
    void aMachineThatIsTwiceAsSlowMakesNoCriterionDearer() throws IOException {
        Path before = folder.resolve("before.md");
        new SoakTable(before, 1).add(costing(1, 10, 30));
        SoakTable table = new SoakTable(folder.resolve("soak.md"), 10);
        for (int number = 1; number <= 10; number++) {
            table.add(costing(number, 20, 60));
        }
        assertThat(table.grown(before)).isEmpty();
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
        return run(number, loaded, exit, new RunRecord("abcde", "", "", proven ? RunRecord.Outcome.SUCCESS
                : RunRecord.Outcome.FAILURE, exit, null, null, Map.of(), counts,
                List.of(new RunRecord.Line("BG-1", "", "", true, verdict, "", proven ? null : "because", "", 11)),
                Set.of(), List.of(),
                List.of(new RunRecord.Wait("BG-1", "route", route, 30), new RunRecord.Wait("BG-1", "sync", 30, 60)),
                null));
    }

    private static SoakRun costing(int number, double first, double second) {
        return run(number, false, 0, new RunRecord("abcde", "", "", RunRecord.Outcome.SUCCESS, 0, null, null, Map.of(),
                new RunRecord.Counts(2, 0, 0, 0),
                List.of(new RunRecord.Line("BG-1", "", "", true, "proven", "", null, "", first),
                        new RunRecord.Line("BG-2", "", "", true, "proven", "", null, "", second)),
                Set.of(), List.of(), List.of(), null));
    }

    private static SoakRun run(int number, boolean loaded, int exit, RunRecord record) {
        return new SoakRun(number, loaded, 7, 99, exit, Optional.of(record), Optional.of(new Took(90, 80)), "");
    }
}
