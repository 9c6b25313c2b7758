package delivery.features;

import java.nio.file.Path;

/**
 * Something in the features that is to be mended.
 *
 * @param kind   what it keeps from being right
 * @param file   where it is
 * @param line   counted from 1; 0 for the file as a whole
 * @param what   is wrong, for who writes features
 * @param repair what to do about it; empty if that is said already
 */
public record Finding(Kind kind, Path file, int line, String what, String repair) {

    /** What a finding is about. */
    public enum Kind {
        /** A run would mean nothing, or something else than it says. */
        MEANING,
        /** A rule of the house. */
        RULE,
        /** How it is written: {@code make format} mends it. */
        FORM
    }

    static Finding meaning(Path file, long line, String what, String repair) {
        return new Finding(Kind.MEANING, file, (int) line, what, repair);
    }

    static Finding rule(Path file, long line, String what, String repair) {
        return new Finding(Kind.RULE, file, (int) line, what, repair);
    }

    /** "features/canary.feature:31: no step is …; did you mean …?". */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + what + (repair.isEmpty() ? "" : "; " + repair);
    }
}
