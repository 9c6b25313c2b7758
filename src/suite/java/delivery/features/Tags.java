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

    /** Takes long: {@code not @slow} leaves it out. */
    static final String SLOW = "@slow";

    private Tags() {
    }

    /** The tag of a section: "Blue-Green Strategy" is @blue-green. */
    static String of(String section) {
        return "@" + section.toLowerCase(Locale.ROOT).replaceFirst(" strategy$", "").replaceAll("[^\\p{L}\\d]+", "-");
    }

    /** All of them: of the sections, of the criteria, and {@link #SLOW}. */
    static Set<String> all(Checklist checklist) {
        Set<String> tags = new LinkedHashSet<>();
        checklist.sections().stream().map(Section::name).map(Tags::of).forEach(tags::add);
        checklist.criteria().forEach(criterion -> tags.add("@" + criterion.id()));
        tags.add(SLOW);
        return tags;
    }

    /** What to write instead of a tag that there is not: the known ones, the nearest first. */
    static String insteadOf(String tag, Collection<String> known) {
        var nearest = known.stream().sorted(Comparator.comparingInt(one ->
                Distance.between(one.toLowerCase(Locale.ROOT), tag.toLowerCase(Locale.ROOT)))).toList();
        return "did you mean " + nearest.get(0) + "? The tags are " + String.join(" ", nearest);
    }
}
