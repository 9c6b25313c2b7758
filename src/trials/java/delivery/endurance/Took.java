package delivery.endurance;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The duration that a run prints, in seconds, counted from when the lab was ready. */
record Took(double all, double toProve) {

    private static final Pattern LINE = Pattern.compile("took (\\d+\\.\\d) s: (\\d+\\.\\d) s to prove");

    /** Returns the durations in the output; empty if the run did not get as far as to print them. */
    static Optional<Took> in(String output) {
        Matcher line = LINE.matcher(output);
        return line.find() ? Optional.of(new Took(Double.parseDouble(line.group(1)), Double.parseDouble(line.group(2))))
                : Optional.empty();
    }
}
