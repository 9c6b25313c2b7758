package delivery.endurance;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The criteria that an unattended run has reported so far, from the line that it prints for each change.
 *
 * @param begun  ids of the criteria that have begun
 * @param ended  ids of the criteria that have ended, with any verdict
 * @param notMet ids of the criteria that have ended as not met
 */
record ConsoleTranscript(Set<String> begun, Set<String> ended, Set<String> notMet) {

    private static final Pattern LINE =
            Pattern.compile("(?m)^\\S+ ([A-Z]+-[A-Z0-9]+) +(?:(proven|not met|not run) after )?.*$");

    static ConsoleTranscript in(String output) {
        ConsoleTranscript said =
                new ConsoleTranscript(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        Matcher line = LINE.matcher(output);
        while (line.find()) {
            said.begun.add(line.group(1));
            if (line.group(2) != null) {
                said.ended.add(line.group(1));
            }
            if ("not met".equals(line.group(2))) {
                said.notMet.add(line.group(1));
            }
        }
        return said;
    }

    /** Returns the criteria that have begun and not ended, in the order in which they began. */
    Set<String> underWay() {
        Set<String> underWay = new LinkedHashSet<>(begun);
        underWay.removeAll(ended);
        return underWay;
    }
}
