package delivery.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvalidTaskTest {

    private static final List<Difference> DIFFERENCES = List.of(new Difference(7, "a box without words."),
            new Difference(0, "BG-7 is not in it."));

    @Test
    void theMessageNamesTheFileTheLinesAndTheFix() {
        assertThat(InvalidTask.unfit(Path.of("task.md"), DIFFERENCES)).hasMessage("TASK: task.md is not brought up to"
                + " date: some of its lines must be repaired first:\n  line 7: a box without words.\n"
                + "  BG-7 is not in it.");
        assertThat(InvalidTask.differing(Path.of("task.md"), DIFFERENCES))
                .hasMessageContaining("its criteria are not those that the features prove. Correct it, or the features")
                .hasMessageEndingWith("  BG-7 is not in it.");
    }
}
