package delivery.rollout;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The strategies that a delivery can release by: {@link Strategy#BLUE_GREEN}, {@link Strategy#CANARY} or both. */
public record Strategies(Set<Strategy> all) {

    /** The strategies that the task covers. */
    private static final Set<Strategy> KNOWN = EnumSet.of(Strategy.BLUE_GREEN, Strategy.CANARY);

    public static final Strategies BOTH = new Strategies(KNOWN);

    /** @throws IllegalArgumentException if there is none, or one other than those two */
    public Strategies {
        all = Set.copyOf(all);
        if (all.isEmpty() || !KNOWN.containsAll(all)) {
            throw new IllegalArgumentException("a delivery releases by " + KNOWN + ", and not by " + all);
        }
    }

    /**
     * Parses names separated by commas, in any of the spellings that charts use: {@code blueGreen}.
     *
     * @throws IllegalArgumentException if a name is neither
     */
    public static Strategies parse(String text) {
        Set<Strategy> read = EnumSet.noneOf(Strategy.class);
        for (String name : text.split(",", -1)) {
            read.add(named(name.strip()).orElseThrow(() -> new IllegalArgumentException(
                    "is none of the strategies; write blue-green, canary, or both with a comma between them")));
        }
        return new Strategies(read);
    }

    /** Returns the strategy of a name, in any of the spellings that charts use: {@code BlueGreen}, {@code bg}. */
    public static Optional<Strategy> named(String word) {
        return switch (word.toLowerCase(Locale.ROOT).replaceAll("[-_ /]", "")
                .replaceFirst("(?<=.)(deployment|release|rollout|strategy)$", "")) {
            case "bluegreen", "bg" -> Optional.of(Strategy.BLUE_GREEN);
            case "canary" -> Optional.of(Strategy.CANARY);
            default -> Optional.empty();
        };
    }

    public boolean has(Strategy strategy) {
        return all.contains(strategy);
    }

    /** Returns this strategy if the delivery uses it, and the other one if not. */
    public Strategy preferring(Strategy strategy) {
        return has(strategy) ? strategy : all.iterator().next();
    }

    /** The strategies in order, blue-green before canary. */
    public List<Strategy> inOrder() {
        return KNOWN.stream().filter(all::contains).toList();
    }

    /** The form that {@link #parse} reads: "blue-green,canary". */
    @Override
    public String toString() {
        return inOrder().stream().map(Strategy::toString).collect(Collectors.joining(","));
    }
}
