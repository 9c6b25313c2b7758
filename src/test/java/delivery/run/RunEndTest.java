package delivery.run;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.criteria.Cause;
import delivery.criteria.Checklist;
import delivery.criteria.Criterion;
import delivery.criteria.Result;
import delivery.criteria.Results;
import delivery.criteria.Summary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The exit code of the process when a live release was left changed, or its users were not served. */
class RunEndTest {

    private static final Checklist CHECKLIST = Checklist.read(Path.of("features/task-9.md"));

    @Test
    void harmEndsAGreenRunAs3() {
        assertThat(RunEnd.exitCode(summary(Result.proven(Duration.ZERO)), false, false)).isZero();
        assertThat(RunEnd.exitCode(summary(Result.proven(Duration.ZERO)), false, true)).isEqualTo(3);
    }

    @Test
    void andOneInWhichAllThatIsApplicableIsProven() {
        Summary partial = summary(Result.proven(Duration.ZERO)).withOthers(List.of("\"Nobody is paged.\""));
        assertThat(RunEnd.exitCode(partial, false, false)).isEqualTo(2);
        assertThat(RunEnd.exitCode(partial, false, true)).isEqualTo(3);
    }

    @Test
    void itHidesNothingThatIsNotMetOrNotKnown() {
        assertThat(RunEnd.exitCode(summary(Result.notMet("it is not", Duration.ZERO)), false, true)).isEqualTo(1);
        assertThat(RunEnd.exitCode(summary(Result.notRun(Cause.SUITE, "a bug", Duration.ZERO)), false, true))
                .isEqualTo(4);
        assertThat(RunEnd.exitCode(summary(Result.proven(Duration.ZERO)), true, true)).isEqualTo(2);
    }

    private static Summary summary(Result first) {
        Results results = new Results();
        Set<String> all = CHECKLIST.criteria().stream().map(Criterion::id).collect(Collectors.toSet());
        CHECKLIST.criteria().forEach(criterion -> {
            results.started(criterion.id());
            results.ended(criterion.id(), criterion.equals(CHECKLIST.criteria().get(0)) ? first
                    : Result.proven(Duration.ZERO));
        });
        return results.summary(CHECKLIST, all);
    }
}
