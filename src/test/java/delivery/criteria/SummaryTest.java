package delivery.criteria;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private static final Result PROVEN = Result.proven(Duration.ZERO);
    private static final Result NOT_MET = Result.notMet("no", Duration.ZERO);
    private static final Result UNFIT = Result.notMet(Cause.ENVIRONMENT, "no", Duration.ZERO);
    private static final Result NO_ENVIRONMENT = Result.notRun(Cause.ENVIRONMENT, "no", Duration.ZERO);
    private static final Result FAULT = Result.notRun(Cause.SUITE, "no", Duration.ZERO);
    private static final Result NOT_TRIED = Result.notRun(Cause.SELECTION, "no", Duration.ZERO);

    @Property(tries = 500)
    void aRunIsGreenOnlyIfAllThatWasSelectedIsProvenAndNothingElseWentWrong(
            @ForAll("lines") List<Summary.Line> lines, @ForAll boolean unknown) {
        Summary summary = new Summary(lines, unknown ? Set.of("B-9") : Set.of());
        List<Result> results = lines.stream().map(Summary.Line::result).toList();
        List<Result> selected = lines.stream().filter(Summary.Line::selected).map(Summary.Line::result).toList();

        int code = summary.exitCode();
        assertThat(code == 1).isEqualTo(results.contains(NOT_MET));
        assertThat(code == 4).isEqualTo(code != 1 && results.contains(FAULT));
        assertThat(code == 3).isEqualTo(code != 1 && code != 4
                && (results.contains(UNFIT) || results.contains(NO_ENVIRONMENT)));
        assertThat(code == 0).isEqualTo(!selected.isEmpty() && !unknown && Set.of(PROVEN).containsAll(selected)
                && Set.of(PROVEN, NOT_TRIED).containsAll(results));
    }

    @Test
    void aCriterionOfTheTaskThatNoScenarioProvesMakesItPartial() {
        Summary summary = new Summary(List.of(line("A-1", true, PROVEN)), Set.of())
                .withOthers(List.of("\"Nobody is paged.\""));

        assertThat(summary.exitCode()).isEqualTo(2);
        assertThat(summary.isPartial()).isTrue();
        assertThat(new CriteriaReport(summary).console()).contains("no scenario proves it: \"Nobody is paged.\".");
        assertThat(new CriteriaReport(summary).markdown()).contains("no scenario proves it: \"Nobody is paged.\".");
        Summary red = new Summary(List.of(line("A-1", true, NOT_MET)), Set.of()).withOthers(List.of("x"));
        assertThat(red.exitCode()).isEqualTo(1);
        assertThat(red.isPartial()).isFalse();
        assertThat(summary.withOthers(List.of()).isPartial()).isFalse();
    }

    @Test
    void whatIsNotApplicableIsNoRedAndMakesItPartial() {
        Result none = Result.notApplicable("the delivery has no canary", Duration.ZERO);
        Summary summary = new Summary(List.of(line("A-1", true, PROVEN), line("A-2", true, none)), Set.of());

        assertThat(summary.exitCode()).isEqualTo(2);
        assertThat(summary.isPartial()).isTrue();
        assertThat(new CriteriaReport(summary).console()).contains("○ A-2",
                "not applicable: the delivery has no canary",
                "1 proven, 0 not met, 0 not run, 1 not applicable of 2 selected");
        assertThat(new CriteriaReport(summary).markdown()).contains("- [ ] ○ **A-2**");
        Summary red = new Summary(List.of(line("A-1", true, NOT_MET), line("A-2", true, none)), Set.of());
        assertThat(red.exitCode()).isEqualTo(1);
        assertThat(red.isPartial()).isFalse();
        Summary nothing = new Summary(List.of(line("A-2", true, none)), Set.of());
        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.isPartial()).as("of a run that proved nothing").isFalse();
    }

    @Test
    void aFaultOfWhatWasNotSelectedCountsToo() {
        Summary.Line proven = line("A-1", true, PROVEN);
        assertThat(new Summary(List.of(proven, line("A-2", false, NOT_MET)), Set.of()).exitCode()).isEqualTo(1);
        assertThat(new Summary(List.of(proven, line("A-2", false, UNFIT)), Set.of()).exitCode()).isEqualTo(3);
        assertThat(new Summary(List.of(proven, line("A-2", false, NOT_TRIED)), Set.of()).exitCode()).isZero();
        assertThat(new Summary(List.of(proven), Set.of("B-9")).exitCode()).isEqualTo(2);
    }

    @Test
    void onlyTheSelectedAreCounted() {
        Summary summary = new Summary(List.of(line("A-1", true, PROVEN), line("A-2", false, PROVEN),
                line("A-3", true, NOT_MET)), Set.of("C-1", "B-9"));
        assertThat(summary.count(Verdict.PROVEN)).isEqualTo(1);
        assertThat(summary.count(Verdict.NOT_MET)).isEqualTo(1);
        assertThat(summary.count(Verdict.NOT_RUN)).isZero();
        assertThat(summary.unknown()).containsExactly("B-9", "C-1");
    }

    @Test
    void theListHasASectionsNameOnceAndSaysWhyEachIsOpen() {
        CriteriaReport report = new CriteriaReport(new Summary(List.of(
                new Summary.Line(new Criterion("A-1", "First", "One."), true, PROVEN),
                new Summary.Line(new Criterion("A-2", "First", "Two."), true, FAULT),
                new Summary.Line(new Criterion("B-1", "Second", "Three."), false, NOT_TRIED)), Set.of()));

        assertThat(report.markdown()).isEqualTo("""
                # Acceptance criteria

                1 proven, 0 not met, 1 not run of 2 selected; 3 in the task.

                ## First

                - [x] ✔ **A-1** One.\\
                      proven
                - [ ] – **A-2** Two.\\
                      not run, internal error in the suite: no

                ## Second

                - [ ] – **B-1** Three.\\
                      not run: no
                """);
        assertThat(report.console()).isEqualToNormalizingNewlines("""
                First
                  ✔ A-1    One.
                           proven
                  – A-2    Two.
                           not run, internal error in the suite: no
                Second
                  – B-1    Three.
                           not run: no
                1 proven, 0 not met, 1 not run of 2 selected; 3 in the task.
                """);
    }

    @Provide
    Arbitrary<List<Summary.Line>> lines() {
        return Combinators.combine(Arbitraries.of(PROVEN, PROVEN, PROVEN, NOT_MET, UNFIT, NO_ENVIRONMENT, FAULT,
                NOT_TRIED),
                Arbitraries.of(true, false)).as((result, selected) -> line("A-1", selected, result)).list()
                .ofMaxSize(4);
    }

    private static Summary.Line line(String id, boolean selected, Result result) {
        return new Summary.Line(new Criterion(id, "Part", "Words."), selected, result);
    }
}
