package delivery.layout;

import delivery.chart.MeasurableWeight;
import delivery.rollout.Rollout;
import delivery.rollout.Strategy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides whether a delivery, as it was found, has what a criterion needs.
 *
 * @param inPlace   whether the Application itself is proved, not copies of it
 * @param undoLasts whether self-heal is paused in the meantime
 */
public record Provability(Layout layout, boolean inPlace, boolean undoLasts) {

    /** The items whose faults are the environment's, not the delivery's. */
    private static final Set<Item> ENVIRONMENT = Set.of(Item.GATEWAY, Item.PERMISSIONS);

    /** The provability by copies of the Application. */
    public static Provability byCopies(Layout layout) {
        return new Provability(layout, false, false);
    }

    /** The obstacle to a need, with what would remove it; empty if none is known. */
    public Optional<String> hindrance(Need need) {
        return switch (need) {
            case COPY -> refused().stream().map(Finding::sentence).findFirst()
                    .or(() -> unsafeCopies().map(Finding::sentence).findFirst()).or(() -> fault(Item.SERVICES))
                    .or(() -> fault(Item.ROUTER))
                    .or(() -> fault(Item.PERMISSIONS));
            case VERSION -> version().map(Finding::sentence);
            case BLUE_GREEN -> strategy(Strategy.BLUE_GREEN);
            case CANARY -> strategy(Strategy.CANARY).or(this::withoutSteps);
            case STRATEGY_CHANGE -> strategy(Strategy.BLUE_GREEN).or(() -> strategy(Strategy.CANARY));
            case PERSON -> layout.rollout().filter(rollout -> rollout.timing().promotesItself())
                    .map(Provability::itself);
            case ANALYSIS -> layout.of(Item.ANALYSIS).filter(finding -> finding.state() == Finding.State.NONE)
                    .map(finding -> "the canary has no analysis; add an analysis step to it");
            case FAULTY_VERSION -> layout.of(Item.FAULTY).filter(finding -> finding.state() == Finding.State.NONE)
                    .map(finding -> "nothing is known to be faulty by its analysis: " + finding.reason()
                            + "; set FAULTY_TAG to a version that it refuses");
            case LASTING_UNDO -> fault(Item.SELF_HEAL).filter(healed -> !undoLasts).map(sentence -> sentence
                    + "; switch spec.syncPolicy.automated.selfHeal off, or roll back by the tag");
            case APPLICATION_UPDATE -> plain("a new version is set in the live Rollout, and no change of the"
                    + " Application releases one");
            case DIFFERING_UNDO -> plain("a new version is set in the live Rollout, and an undo may bring back the very"
                    + " image that the Application asks for");
        };
    }

    /** The obstacles to most criteria, one sentence each; empty if none is known. */
    public List<String> obstacles() {
        return inTheWay().stream().map(Finding::sentence).toList();
    }

    /** The findings that only a rendered copy settles, one sentence each; none in place. */
    public List<String> reservations() {
        return inPlace ? List.of() : layout.findings().stream()
                .filter(finding -> finding.state() == Finding.State.OPEN).map(Finding::sentence).toList();
    }

    /** Whether all obstacles are the environment's. */
    public boolean isEnvironment() {
        return inTheWay().stream().allMatch(finding -> ENVIRONMENT.contains(finding.item()) && finding.isKnown());
    }

    private List<Finding> inTheWay() {
        return refused().isEmpty() ? Stream.of(unsafeCopies().limit(1), faults(Item.SERVICES),
                faults(Item.ROUTER), faults(Item.PERMISSIONS), version().stream()).flatMap(found -> found).toList()
                : refused();
    }

    /** The obstacles to a release. */
    List<Finding> refused() {
        return inPlace ? Stream.concat(layout.refusedInPlace().stream(), automated().stream()).toList()
                : layout.refused();
    }

    /** The obstacle that automated sync, which is not paused, would act before the run can judge what it does. */
    private Optional<Finding> automated() {
        Optional<Finding> automated = layout.of(Item.SYNC)
                .filter(sync -> !undoLasts && sync.value().startsWith(ApplicationSurvey.AUTOMATED));
        return automated.flatMap(sync -> harm().map(harm -> Finding.fault(Item.SYNC, sync.value(),
                "SELF_HEAL=keep leaves it on, and it would " + harm + "; leave SELF_HEAL out, to have it paused")));
    }

    /** The harm that automated sync would do to a live release. */
    private Optional<String> harm() {
        if (layout.places().container().isPresent()) {
            return Optional.of("put back the image of Git");
        }
        return layout.places().byFolder() ? Optional.of("apply the other strategy's folder before anybody has seen what"
                + " that deletes") : Optional.empty();
    }

    private Stream<Finding> unsafeCopies() {
        return inPlace ? Stream.empty() : faults(Item.CLONES);
    }

    /** The obstacle to seeing which version answers users. */
    private Optional<Finding> version() {
        return Stream.concat(faults(Item.GATEWAY), Stream.of(Item.VERSION, Item.ROUTE, Item.SERVICE, Item.GATEWAY)
                .flatMap(item -> layout.of(item).stream()).filter(finding -> !finding.isKnown()
                        || finding.item() == Item.VERSION && finding.state() == Finding.State.FAULT)).findFirst();
    }

    private static String itself(Rollout rollout) {
        return "the live Rollout " + rollout.name() + " is promoted without a person; set autoPromotionEnabled: false,"
                + " and look how the template passes it on (default true makes true of false)";
    }

    private Optional<String> plain(String why) {
        return layout.places().container().map(container -> "the delivery is plain YAML: " + why
                + "; have it rendered by Helm or Kustomize");
    }

    private Optional<String> strategy(Strategy wanted) {
        if (layout.places().offers(wanted)) {
            return Optional.empty();
        }
        return Optional.of("the delivery has " + layout.places().live() + " alone"
                + (layout.places().strategy().isPresent() ? ", as far as is known; set STRATEGY_WORDS to how "
                + layout.places().strategy().get().path() + " spells " + wanted
                : layout.places().container().isPresent() ? ", and plain YAML has no value that switches it"
                : "; set VALUE_STRATEGY and STRATEGY_WORDS if a value switches it"));
    }

    /** The obstacle that no step holds a weight: such a canary is a rolling update, without a share to measure. */
    private Optional<String> withoutSteps() {
        return layout.rollout().filter(rollout -> rollout.strategy() == Strategy.CANARY && MeasurableWeight
                        .of(rollout.steps()).stream().noneMatch(weight -> weight.heldAt().isPresent()))
                .map(rollout -> "the live Rollout " + rollout.name() + " has no step that holds a weight of its canary;"
                        + " give it steps such as setWeight: 20 and pause: {}");
    }

    private Optional<String> fault(Item item) {
        return faults(item).map(Finding::sentence).findFirst();
    }

    private Stream<Finding> faults(Item item) {
        return layout.findings().stream().filter(finding -> finding.item() == item
                && finding.state() == Finding.State.FAULT);
    }
}
