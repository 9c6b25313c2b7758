package delivery.features;

import java.nio.file.Path;

/**
 * A problem in the features.
 *
 * @param kind   kind of the problem
 * @param file   file that has it
 * @param line   line, counted from 1; 0 for the file as a whole
 * @param what   the problem, in words for people who write features
 * @param repair how to repair it; empty if the problem says so
 */
public record Finding(Kind kind, Path file, int line, String what, String repair) {

    /** The kind of a finding. */
    public enum Kind {
        /** A run would be meaningless, or would mean something other than it says. */
        MEANING,
        /** A rule of the project is broken. */
        RULE,
        /** The layout is wrong: {@code make format} corrects it. */
        FORM
    }

    static Finding meaning(Path file, long line, String what, String repair) {
        return new Finding(Kind.MEANING, file, (int) line, what, repair);
    }

    static Finding rule(Path file, long line, String what, String repair) {
        return new Finding(Kind.RULE, file, (int) line, what, repair);
    }

    /** Returns, for example, "features/canary.feature:31: undefined step …; did you mean …?". */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + what + (repair.isEmpty() ? "" : "; " + repair);
    }
}
