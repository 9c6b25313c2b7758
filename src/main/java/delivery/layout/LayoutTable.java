package delivery.layout;

import delivery.argocd.SourceParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the layout of a delivery as lines for a person. */
public final class LayoutTable {

    private static final int WIDTH = 28;
    /** With Kustomize these are patches, which no setting names. */
    private static final Set<Item> OF_VALUES = Set.of(Item.VALUE_TAG, Item.VALUE_HOST, Item.VALUE_STRATEGY,
            Item.VALUE_REPLICAS, Item.VALUE_STEPS, Item.VALUE_DELAY);

    private LayoutTable() {
    }

    /** One line for each item, with its reason and the setting that changes it. */
    public static List<String> of(Layout layout) {
        List<String> lines = new ArrayList<>();
        boolean valued = layout.places().container().isEmpty()
                && layout.places().tag().map(TagPlace::path).filter(SourceParameters::isKustomize).isEmpty();
        for (Finding finding : layout.findings()) {
            String mark = switch (finding.state()) {
                case FOUND, SET, NONE -> "  ";
                case AMBIGUOUS, MISSING, OPEN -> "? ";
                case FAULT -> "! ";
            };
            String value = switch (finding.state()) {
                case AMBIGUOUS -> String.join(" or ", finding.candidates()) + "?";
                case MISSING -> "not found";
                default -> finding.value();
            };
            String question = finding.question();
            String setting = !question.isEmpty() ? "; " + question
                    : finding.item().setting().isEmpty() || finding.state() == Finding.State.FAULT
                            || !valued && OF_VALUES.contains(finding.item()) ? ""
                            : "; " + finding.item().setting() + " changes it";
            lines.add(mark + String.format("%-" + WIDTH + "s", finding.item()) + value + "  (" + finding.reason()
                    + setting + ")");
        }
        return lines;
    }

    /**
     * One line for each criterion that says whether it can be proved.
     *
     * @param below the hindrances that are listed once, below the criteria
     */
    public static List<String> criteria(Map<String, String> hindrances, List<String> below) {
        List<String> lines = new ArrayList<>();
        hindrances.forEach((criterion, hindrance) -> lines.add((hindrance.isEmpty() ? "  " : "! ")
                + String.format("%-" + WIDTH + "s", criterion)
                + (hindrance.isEmpty() ? "can be proved" : "cannot be proved: "
                + (below.contains(hindrance) ? "see below" : hindrance))));
        return lines;
    }
}
