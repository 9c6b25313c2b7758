package delivery.restoration;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.text.Ellipsis;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds where a specification differs from what was written. Values of fields that may hold a secret are left out,
 * because the words may appear in a report.
 */
final class SpecDifference {

    private static final int MOST = 4;
    private static final int LONGEST = 120;
    /**
     * Fields that people write freely: parameters and values, an address with a password, pods with their environment.
     * A source that is gone, or was not there, has all of them.
     */
    private static final Pattern FREE = Pattern.compile("spec\\.sources?(\\[\\d+])?"
            + "|.*\\.(helm|kustomize|plugin|directory|repoURL|info|template)\\b.*");
    private static final Pattern IMAGE = Pattern.compile("spec\\.template\\.spec\\.\\w+\\[\\d+]\\.image");

    private SpecDifference() {
    }

    /** The differences in words, one for each field: {@code spec.project is "b" and was "a"}. */
    static String words(JsonNode written, JsonNode now) {
        List<String> found = new ArrayList<>();
        collect("spec", written, now, found);
        return String.join("; ", found.subList(0, Math.min(MOST, found.size())))
                + (found.size() > MOST ? "; and " + (found.size() - MOST) + " more" : "");
    }

    private static void collect(String path, JsonNode written, JsonNode now, List<String> found) {
        if (RestorePoint.same(written, now)) {
            return;
        }
        if (written.isObject() && now.isObject()) {
            Set<String> names = new TreeSet<>();
            written.fieldNames().forEachRemaining(names::add);
            now.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> collect(path + "." + name, written.path(name), now.path(name), found));
        } else if (written.isArray() && now.isArray() && written.size() == now.size()) {
            for (int index = 0; index < written.size(); index++) {
                collect(path + "[" + index + "]", written.path(index), now.path(index), found);
            }
        } else {
            found.add(FREE.matcher(path).matches() && !IMAGE.matcher(path).matches()
                    ? path + (now.isMissingNode() ? " is gone" : written.isMissingNode() ? " was not there"
                            : " is another one")
                    : path + (now.isMissingNode() ? " is gone" : " is " + Ellipsis.to(LONGEST, now.toString()))
                    + (written.isMissingNode() ? " and was not there"
                            : " and was " + Ellipsis.to(LONGEST, written.toString())));
        }
    }
}
