package delivery.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.criteria.Checklist;
import io.cucumber.core.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturesTest {

    private static final Checklist TASK = Checklist.read(Path.of("features/task-9.md"));

    @TempDir
    private Path folder;

    @Test
    void theFeaturesAreTheChecklist() throws IOException {
        assertThat(Features.read(Path.of("features")).problems(TASK)).isEmpty();
    }

    @Test
    void everyStepIsCarriedOutByOnePieceOfCode() {
        assertThat(Main.run("--dry-run", "--glue", "delivery.steps", "--plugin", "summary", "features"))
                .as("exit status of a dry run").isZero();
    }

    @Test
    void tellsOfACriterionThatNoScenarioProves() throws IOException {
        write("a.feature", "Feature: Rollback\n  @RB-2\n  Scenario: Traffic is fully restored to the previous stable version.\n    When x\n");
        assertThat(Features.read(folder).problems(TASK)).hasSize(15).anyMatch(problem -> problem.contains("@CAN-3"));
    }

    @Test
    void tellsOfAScenarioThatProvesNoCriterion() throws IOException {
        write("a.feature", "Feature: Rollback\n  Scenario: It is fast\n    When x\n");
        assertThat(Features.read(folder).problems(TASK)).anyMatch(problem ->
                problem.contains("It is fast") && problem.contains("no tag"));
    }

    @Test
    void tellsOfWordsThatAreNotTheCriterions() throws IOException {
        write("a.feature", "Feature: Rollback\n  @RB-2\n  Scenario: Traffic is restored\n    When x\n");
        assertThat(Features.read(folder).problems(TASK)).anyMatch(problem ->
                problem.contains("fully restored to the previous stable version"));
    }

    @Test
    void tellsOfAScenarioWithoutSteps() throws IOException {
        write("a.feature", "Feature: Rollback\n  @RB-2\n  Scenario: Traffic is fully restored to the previous stable version.\n");
        assertThat(Features.read(folder).problems(TASK)).anyMatch(problem ->
                problem.contains("has no step") || problem.contains("there is no scenario in it"));
    }

    @Test
    void tellsWhereAFileCannotBeParsed() throws IOException {
        write("a.feature", "Feature: Rollback\n  Scenario: It\n    When x\n    garbage\n");
        assertThat(Features.read(folder).problems(TASK)).anyMatch(problem ->
                problem.contains("a.feature:4"));
    }

    @Test
    void tellsOfAnOutlineWithoutExamples() throws IOException {
        write("a.feature", "Feature: Rollback\n  @RB-2\n  Scenario Outline: x\n    When x <y>\n    Examples:\n      | y |\n");
        assertThat(Features.read(folder).problems(TASK)).anyMatch(problem -> problem.contains("without Examples"));
    }

    @Test
    void selectsCriteriaByTag() throws IOException {
        Features features = Features.read(Path.of("features"));
        assertThat(features.selected("@canary and not @CAN-3", TASK)).containsExactly("CAN-1", "CAN-2", "CAN-4", "CAN-A");
        assertThat(features.selected("", TASK)).hasSize(16);
    }

    @Test
    void refusesATagThatNoScenarioHas() throws IOException {
        Features features = Features.read(Path.of("features"));
        assertThatThrownBy(() -> features.selected("@canery", TASK)).isInstanceOf(InvalidSelection.class)
                .hasMessageContaining("@canery").hasMessageContaining("@canary");
        assertThatThrownBy(() -> features.selected("@canary and @rollback", TASK)).isInstanceOf(InvalidSelection.class)
                .hasMessageContaining("selects no scenario");
        assertThatThrownBy(() -> features.selected("@canary and (", TASK)).isInstanceOf(InvalidSelection.class)
                .hasMessageContaining("cannot be read");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
