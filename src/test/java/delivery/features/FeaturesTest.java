package delivery.features;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.criteria.Checklist;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturesTest {

    private static final Checklist TASK = Checklist.read(Path.of("features/task-9.md"));
    private static final Vocabulary VOCABULARY = Vocabulary.read();

    @TempDir
    private Path folder;

    @Test
    void theFeaturesAreTheChecklist() throws IOException {
        assertThat(Features.read(Path.of("features")).findings(TASK, VOCABULARY)).isEmpty();
    }

    @Test
    void tellsWhichCriteriaNoScenarioProves() throws IOException {
        Files.copy(Path.of("features/task-9.md"), folder.resolve("task-9.md"));
        Files.copy(Path.of("features/rollback.feature"), folder.resolve("rollback.feature"));
        assertThat(found()).hasSize(14).anyMatch(finding -> finding.contains("task-9.md:33: no scenario proves CAN-3")
                && finding.contains(
                        "add to a feature file named after the section: @CAN-3 and \"Scenario: Traffic is split"));
    }

    @Test
    void tellsOfAScenarioInTheFeatureOfAnotherSection() throws IOException {
        Files.writeString(folder.resolve("a.feature"), Files.readString(Path.of("features/rollback.feature"))
                .replace("@rollback", "@setup").replace("Feature: Rollback", "Feature: Setup"));
        assertThat(found())
                .anyMatch(finding -> finding.contains("a.feature:6: @RB-1 is of the section \"Rollback\", and"
                + " this is \"Setup\"; move it"));
    }

    @Test
    void tellsOfAStepInTheBackgroundOfARule() throws IOException {
        Files.writeString(folder.resolve("a.feature"), """
                @rollback
                Feature: Rollback

                  Rule: Undo

                    Background:
                      Given users had the old version, by magic
                """);
        assertThat(found())
                .anyMatch(finding -> finding.contains("a.feature:7: undefined step \"users had the old version, by"));
    }

    /** It runs before each scenario of the feature, as a Background of a rule does. */
    @Test
    void tellsOfAStepInTheBackgroundOfAFeature() throws IOException {
        String canary = Files.readString(Path.of("features/canary.feature"));
        int first = canary.indexOf("  @CAN-1");
        Files.writeString(folder.resolve("canary.feature"), canary.substring(0, first)
                + "  Background:\n    Given users had the old version, by magic\n\n" + canary.substring(first));
        assertThat(found()).filteredOn(finding -> finding.contains("undefined step \"users had the old version, by"))
                .hasSize(1);
    }

    @Test
    void tellsOfAFolderWithoutFeatures() throws IOException {
        assertThat(found()).singleElement().asString().contains("there is no feature file in it");
    }

    @Test
    void tellsOfWhatKeepsARunFromMeaningAnythingApartFromHowItIsWritten() throws IOException {
        Files.writeString(folder.resolve("a.feature"), Files.readString(Path.of("features/rollback.feature"))
                .replace("    When the release is undone\n", "   When the release is undnoe\n"));
        assertThat(Features.read(folder).findings(TASK, VOCABULARY)).extracting(Finding::kind)
                .contains(Finding.Kind.MEANING, Finding.Kind.FORM);
    }

    private List<String> found() throws IOException {
        return Features.read(folder).findings(TASK, VOCABULARY).stream().map(Finding::toString).toList();
    }
}
