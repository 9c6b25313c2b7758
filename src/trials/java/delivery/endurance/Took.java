package delivery.endurance;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a run says that it took, in seconds: from the time that the lab was there. */
record Took(double all, double toProve) {

    private static final Pattern LINE = Pattern.compile("took (\\d+\\.\\d) s: (\\d+\\.\\d) s to prove");

    /** Empty if it did not get as far as to say it. */
    static Optional<Took> in(String output) {
        Matcher line = LINE.matcher(output);
        return line.find() ? Optional.of(new Took(Double.parseDouble(line.group(1)), Double.parseDouble(line.group(2))))
                : Optional.empty();
    }
}
