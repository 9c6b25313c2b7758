package delivery.release.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import delivery.release.Overrides;
import delivery.rollout.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WayTest {

    private static final Overrides FOUR_PODS = Overrides.NONE.withPods(4);

    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', value = {
        "BLUE_GREEN, PREVIEW     | BLUE_GREEN, PREVIEW    | -",
        "BLUE_GREEN, PREVIEW     | BLUE_GREEN, STABLE     | PROMOTE",
        "BLUE_GREEN, PREVIEW     | BLUE_GREEN, PROMOTED   | PROMOTE",
        "BLUE_GREEN, STABLE      | BLUE_GREEN, PROMOTED   | RELEASE PROMOTE",
        "BLUE_GREEN, PROMOTED    | BLUE_GREEN, STABLE     | -",
        "BLUE_GREEN, UNDER_WAY   | BLUE_GREEN, STABLE     | SET_BACK",
        "BLUE_GREEN, STABLE      | BLUE_GREEN, PREVIEW    | RELEASE",
        "BLUE_GREEN, PREVIEW     | CANARY, STABLE         | PROMOTE SWITCH",
        "BLUE_GREEN, STABLE      | CANARY, LAST_PAUSE     | SWITCH RELEASE WALK",
        "CANARY, PAUSED          | CANARY, LAST_PAUSE     | WALK",
        "CANARY, LAST_PAUSE      | CANARY, PROMOTED       | PROMOTE",
        "CANARY, PAUSED          | CANARY, PROMOTED       | WALK PROMOTE",
        "CANARY, PROMOTED        | CANARY, STABLE         | -",
        "CANARY, UNDER_WAY       | CANARY, LAST_PAUSE     | SET_BACK RELEASE WALK",
        "CANARY, STABLE          | CANARY, PROMOTED       | RELEASE WALK PROMOTE"})
    void goesTheCheapestWay(String from, String to, String moves) {
        List<Move> expected = moves == null ? List.of() : Stream.of(moves.split(" ")).map(Move::valueOf).toList();
        assertThat(Way.from(standing(from, Overrides.NONE), wanted(to, Overrides.NONE)).orElseThrow().moves())
                .isEqualTo(expected);
    }

    @Test
    void valuesAreDeliveredOverThoseThatTheyReplace() {
        assertThat(Way.from(standing("CANARY, STABLE", Overrides.NONE), wanted("CANARY, STABLE", FOUR_PODS))
                .orElseThrow().moves()).containsExactly(Move.VALUES);
    }

    /** Helm merges values over each other: nothing takes one away. */
    @Test
    void noWayLeadsBackToTheChartsOwnValues() {
        assertThat(Way.from(standing("CANARY, STABLE", FOUR_PODS), wanted("CANARY, STABLE", Overrides.NONE))).isEmpty();
    }

    /** The controller would keep the pods that the status of the last canary names. */
    @Test
    void noWayLeadsFromCanaryToBlueGreen() {
        assertThat(Way.from(standing("CANARY, STABLE", Overrides.NONE), wanted("BLUE_GREEN, STABLE", Overrides.NONE)))
                .isEmpty();
    }

    @Test
    void whoReadsADeploymentGetsNothingThatWasLeft() {
        Situation wanted = new Situation(Strategy.CANARY, Stage.STABLE, Overrides.NONE, true);
        assertThat(Way.from(standing("CANARY, STABLE", Overrides.NONE), wanted)).isEmpty();
        assertThat(Way.fromNothing(wanted).moves()).containsExactly(Move.CLONE);
    }

    @Test
    void aStageSaysWhereItWaitsAndHowAReleaseWasLeft() {
        assertThat(Stage.waiting(Strategy.CANARY)).isEqualTo(Stage.LAST_PAUSE);
        assertThat(Stage.waiting(Strategy.BLUE_GREEN)).isEqualTo(Stage.PREVIEW);
        assertThat(Stage.PROMOTED).hasToString("promoted");
        Situation stable = new Situation(Strategy.CANARY, Stage.STABLE, Overrides.NONE, false);
        assertThat(stable.seenFromTheBeginning())
                .isEqualTo(new Situation(Strategy.CANARY, Stage.STABLE, Overrides.NONE, true));
    }

    @Test
    void aStrategyWithoutTheStageIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> wanted("CANARY, PREVIEW", Overrides.NONE));
        assertThatIllegalArgumentException().isThrownBy(() -> wanted("BLUE_GREEN, LAST_PAUSE", Overrides.NONE));
        assertThatIllegalArgumentException().isThrownBy(() -> wanted("CANARY, UNDER_WAY", Overrides.NONE));
    }

    @Property(tries = 500)
    void eachMoveCanBeMadeAndTheLastOneArrives(@ForAll("standings") Standing from, @ForAll("situations") Situation to) {
        for (Optional<Standing> begin : List.of(Optional.of(from), Optional.<Standing>empty())) {
            Optional<Way> way = begin.isPresent() ? Way.from(from, to) : Optional.of(Way.fromNothing(to));
            Optional<Standing> end = begin;
            for (Move move : way.map(Way::moves).orElse(List.of())) {
                end = move.from(end, to);
                assertThat(end).as(move + " of " + way).isPresent();
            }
            assertThat(way.isPresent()).isEqualTo(end.filter(standing -> standing.serves(to)).isPresent());
        }
    }

    @Property(tries = 200)
    void noOtherWayIsCheaper(@ForAll("standings") Standing from, @ForAll("situations") Situation to) {
        int cheapest = cheapest(Optional.of(from), to, new ArrayList<>());
        assertThat(Way.from(from, to).map(Way::cost).orElse(Integer.MAX_VALUE)).isEqualTo(cheapest);
    }

    /** Tries all ways of at most six moves. */
    private static int cheapest(Optional<Standing> at, Situation to, List<Move> moves) {
        int best = at.filter(standing -> standing.serves(to)).isPresent() ? new Way(moves).cost() : Integer.MAX_VALUE;
        if (moves.size() == 6) {
            return best;
        }
        for (Move move : Move.values()) {
            Optional<Standing> next = move.from(at, to);
            if (next.isPresent()) {
                List<Move> longer = new ArrayList<>(moves);
                longer.add(move);
                best = Math.min(best, cheapest(next, to, longer));
            }
        }
        return best;
    }

    @Provide
    Arbitrary<Standing> standings() {
        return Combinators.combine(Arbitraries.of(Strategy.class), Arbitraries.of(Stage.class), overrides())
                .as((strategy, stage, values) -> new Standing(strategy, stage, values))
                .filter(standing -> standing.strategy() == Strategy.CANARY ? standing.stage() != Stage.PREVIEW
                        : List.of(Stage.STABLE, Stage.PREVIEW, Stage.PROMOTED, Stage.UNDER_WAY)
                                .contains(standing.stage()));
    }

    @Provide
    Arbitrary<Situation> situations() {
        return Combinators.combine(Arbitraries.of("BLUE_GREEN, STABLE", "BLUE_GREEN, PREVIEW",
                "BLUE_GREEN, PROMOTED", "CANARY, STABLE",
                "CANARY, LAST_PAUSE", "CANARY, PROMOTED"), overrides()).as(WayTest::wanted);
    }

    private static Arbitrary<Overrides> overrides() {
        return Arbitraries.of(OptionalInt.empty(), OptionalInt.of(3), OptionalInt.of(4))
                .map(pods -> pods.isPresent() ? Overrides.NONE.withPods(pods.getAsInt()) : Overrides.NONE);
    }

    private static Standing standing(String text, Overrides overrides) {
        String[] parts = text.strip().split(", *");
        return new Standing(Strategy.valueOf(parts[0]), Stage.valueOf(parts[1]), overrides);
    }

    static Situation wanted(String text, Overrides overrides) {
        String[] parts = text.strip().split(", *");
        return new Situation(Strategy.valueOf(parts[0]), Stage.valueOf(parts[1]), overrides, false);
    }
}
