package delivery.criteria;

import java.util.List;

/** A part of the checklist, with at least one criterion, in the task's order. */
public record Section(String name, List<Criterion> criteria) {

    public Section {
        criteria = List.copyOf(criteria);
    }
}
