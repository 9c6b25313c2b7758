package delivery.layout;

import delivery.rollout.Rollout;
import delivery.rollout.Strategy;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a delivery, as it was found, has what a criterion needs. */
public record Provability(Layout layout) {

    /** What is in the way, and what would make it so; empty if nothing is known to be. */
    public Optional<String> hindrance(Need need) {
        return switch (need) {
            case COPY -> layout.refusals().stream().findFirst()
                    .or(() -> fault(Item.CLONES)).or(() -> fault(Item.SERVICES)).or(() -> fault(Item.ROUTER));
            case VERSION -> layout.of(Item.VERSION).filter(finding -> !finding.isKnown()).map(Finding::sentence)
                    .or(() -> layout.of(Item.ROUTE).filter(finding -> !finding.isKnown()).map(Finding::sentence));
            case BLUE_GREEN -> strategy(Strategy.BLUE_GREEN);
            case CANARY -> strategy(Strategy.CANARY);
            case STRATEGY_CHANGE -> strategy(Strategy.BLUE_GREEN).or(() -> strategy(Strategy.CANARY));
            case PERSON -> layout.rollout().filter(rollout -> rollout.timing().promotesItself())
                    .map(Provability::itself);
            case ANALYSIS -> layout.of(Item.ANALYSIS).filter(finding -> finding.state() == Finding.State.NONE)
                    .map(finding -> "the canary has no analysis; add an analysis step to it");
            case FAULTY_VERSION -> layout.of(Item.FAULTY).filter(finding -> finding.state() == Finding.State.NONE)
                    .map(finding -> "nothing is known to be faulty by its analysis: " + finding.reason()
                            + "; set FAULTY_TAG to a version that it refuses");
            case LASTING_UNDO -> fault(Item.SELF_HEAL).map(sentence -> sentence
                    + "; switch spec.syncPolicy.automated.selfHeal off, or roll back by the tag");
        };
    }

    private static String itself(Rollout rollout) {
        return "the live Rollout " + rollout.name() + " is promoted without a person; set autoPromotionEnabled: false,"
                + " and look how the template passes it on (default true makes true of false)";
    }

    private Optional<String> strategy(Strategy wanted) {
        if (layout.places().offers(wanted)) {
            return Optional.empty();
        }
        return Optional.of("the delivery has " + layout.places().live() + " alone"
                + (layout.places().strategy().isPresent() ? ", as far as is known; set STRATEGY_WORDS to how "
                + layout.places().strategy().get().path() + " spells " + wanted
                : "; set VALUE_STRATEGY and STRATEGY_WORDS if a value switches it"));
    }

    private Optional<String> fault(Item item) {
        return Stream.of(item).flatMap(known -> layout.findings().stream().filter(finding -> finding.item() == known))
                .filter(finding -> finding.state() == Finding.State.FAULT).map(Finding::sentence).findFirst();
    }
}
