package delivery.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.criteria.Checklist;
import delivery.failure.InvalidSelection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SelectionTest {

    private static final Checklist TASK = Checklist.read(Path.of("features/task-9.md"));

    private Features features;

    @BeforeEach
    void read() throws IOException {
        features = Features.read(Path.of("features"));
    }

    @Test
    void isEverythingIfNothingIsAsked() {
        assertThat(selected("", "", "")).hasSize(16);
    }

    @Test
    void isByTag() {
        assertThat(selected("@canary and not @CAN-3", "", "")).containsExactly("CAN-1", "CAN-2", "CAN-4", "CAN-A");
        assertThat(selected("@blue-green or @rollback or @setup or @documentation", "", "")).hasSize(10);
        assertThat(selected("not @slow", "", "")).isNotEmpty().doesNotContain("CAN-3").contains("BG-1");
    }

    @Test
    void isByName() {
        assertThat(selected("", "Traffic is split", "")).containsExactly("CAN-3");
        assertThat(selected("@rollback", "Traffic", "")).containsExactly("RB-2");
    }

    @Test
    void isByTheLineOfAScenarioOfARowOfAFeatureAndOfSeveral() {
        int line = line("CAN-3");
        int outline = line("CAN-A");
        assertThat(selected("", "", "features/canary.feature:" + line)).containsExactly("CAN-3");
        assertThat(selected("", "", "features/canary.feature:" + line + ":" + outline))
                .containsExactly("CAN-3", "CAN-A");
        assertThat(selected("", "", "features/canary.feature:" + (outline + 9))).containsExactly("CAN-A");
        assertThat(selected("", "", "features/canary.feature:2")).hasSize(5);
        assertThat(selected("", "", "features/canary.feature, features/setup.feature")).hasSize(6);
    }

    @Test
    void refusesATagThatNoScenarioHasAndSaysWhichThereAre() {
        refuses("@canery", "", "", "did you mean @canary?");
        refuses("@canary and @rollback", "", "", "selects no scenario");
        refuses("@canary and (", "", "", "cannot be read");
    }

    @Test
    void refusesANameThatNoScenarioHas() {
        refuses("", "Traffic is spilt", "", "cucumber.filter.name=Traffic is spilt selects no scenario");
        refuses("", "(kubectl", "", "cannot be read");
    }

    @Test
    void refusesALineOnWhichNoScenarioBeginsAndSaysWhichDoes() {
        int line = line("CAN-3");
        refuses("", "", "features/canary.feature:" + (line + 2), "did you mean features/canary.feature:" + line + "?");
        refuses("", "", "features/canery.feature:3", "which there is not");
    }

    private void refuses(String tags, String name, String lines, String words) {
        assertThatThrownBy(() -> selected(tags, name, lines)).isInstanceOf(InvalidSelection.class)
                .hasMessageContaining(words);
    }

    private int line(String id) {
        return features.rows().stream().filter(row -> row.tags().contains("@" + id)).findFirst().orElseThrow().line();
    }

    private Set<String> selected(String tags, String name, String lines) {
        Properties properties = new Properties();
        properties.setProperty("cucumber.filter.tags", tags);
        properties.setProperty("cucumber.filter.name", name);
        properties.setProperty("cucumber.features", lines);
        return Selection.of(properties).criteria(features, TASK);
    }
}
