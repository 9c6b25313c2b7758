package delivery.layout;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.rollout.Strategy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The lines that show a person the result of a survey. */
class LayoutTableTest {

    private static final List<Finding> FOUND = List.of(Finding.found(Item.VALUE_HOST, "host", "it is the live host"),
            Finding.found(Item.STRATEGY_WORDS, "canary=canary", "folders"),
            Finding.ambiguous(Item.IMAGE, List.of("a", "b"), "the live Rollout has several containers"));

    @Test
    void eachLineSaysFromWhatAndWhichSettingChangesIt() {
        assertThat(LayoutTable.of(layout("image.tag"))).containsExactly(
                "  value of the host           host  (it is the live host; VALUE_HOST changes it)",
                "  spelling of strategies      canary=canary  (folders; STRATEGY_WORDS changes it)",
                "? image                       a or b?  (the live Rollout has several containers; set CONTAINER to one"
                        + " of a, b)");
    }

    @Test
    void noSettingChangesWhatKustomizePatches() {
        assertThat(LayoutTable.of(layout("kustomize.images[ghcr.io/team/shop]"))).startsWith(
                "  value of the host           host  (it is the live host)",
                "  spelling of strategies      canary=canary  (folders; STRATEGY_WORDS changes it)");
    }

    private static Layout layout(String tag) {
        return new Layout(Optional.empty(), Optional.empty(), new ValuePlaces(Strategy.CANARY, Optional.of(
                new TagPlace(tag, "", Optional.empty())), List.of(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty()), FOUND);
    }
}
