package delivery.criteria;

import java.util.List;

/** A part of the checklist with its criteria in the task's order; it has one at least. */
public record Section(String name, List<Criterion> criteria) {

    public Section {
        criteria = List.copyOf(criteria);
    }
}
