package delivery.features;

import delivery.criteria.Checklist;
import delivery.criteria.Section;
import delivery.settings.Distance;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** The tags that features may have. */
final class Tags {

    /** The tag of scenarios that take long: {@code not @slow} excludes them. */
    static final String SLOW = "@slow";

    private Tags() {
    }

    /** Returns the tag of a section: "Blue-Green Strategy" is @blue-green. */
    static String of(String section) {
        return "@" + section.toLowerCase(Locale.ROOT).replaceFirst(" strategy$", "").replaceAll("[^\\p{L}\\d]+", "-");
    }

    /** Returns all tags: those of the sections, those of the criteria, and {@link #SLOW}. */
    static Set<String> all(Checklist checklist) {
        Set<String> tags = new LinkedHashSet<>();
        checklist.sections().stream().map(Section::name).map(Tags::of).forEach(tags::add);
        checklist.criteria().forEach(criterion -> tags.add("@" + criterion.id()));
        tags.add(SLOW);
        return tags;
    }

    /** Suggests replacements for an unknown tag: the known ones, the nearest first. */
    static String insteadOf(String tag, Collection<String> known) {
        var nearest = known.stream().sorted(Comparator.comparingInt(one ->
                Distance.between(one.toLowerCase(Locale.ROOT), tag.toLowerCase(Locale.ROOT)))).toList();
        return "did you mean " + nearest.get(0) + "? The tags are " + String.join(" ", nearest);
    }
}
