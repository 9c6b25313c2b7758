package delivery.criteria;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** The checked-off list of criteria, in the checklist's order and words. */
public record CriteriaReport(Summary summary) {

    /** Writes the list as Markdown, making the folder if need be. */
    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, markdown());
    }

    /** Fit to be pasted into the task: boxes in its format, ticked where proven. */
    public String markdown() {
        StringBuilder text = new StringBuilder("# Acceptance criteria\n\n").append(counts()).append("\n");
        String section = "";
        for (Summary.Line line : summary.lines()) {
            if (!line.criterion().section().equals(section)) {
                section = line.criterion().section();
                text.append("\n## ").append(section).append("\n\n");
            }
            text.append(line.result().verdict() == Verdict.PROVEN ? "- [x] " : "- [ ] ")
                    .append(line.result().verdict().sign()).append(" **").append(line.criterion().id()).append("** ")
                    .append(line.criterion().words()).append("\\\n")
                    .append("      ").append(ending(line).replace("<", "&lt;")).append('\n');
        }
        if (!summary.unknown().isEmpty()) {
            text.append("\n").append(unknown()).append("\n");
        }
        if (!summary.withoutScenario().isEmpty()) {
            text.append("\n").append(withoutScenario()).append("\n");
        }
        return text.toString();
    }

    /** The same list for a terminal. */
    public String console() {
        StringBuilder text = new StringBuilder();
        String section = "";
        for (Summary.Line line : summary.lines()) {
            if (!line.criterion().section().equals(section)) {
                section = line.criterion().section();
                text.append(section).append('\n');
            }
            text.append(String.format(Locale.ROOT, "  %s %-6s %s%n", line.result().verdict().sign(),
                    line.criterion().id(), line.criterion().words()));
            text.append("           ").append(ending(line)).append(System.lineSeparator());
        }
        if (!summary.unknown().isEmpty()) {
            text.append(unknown()).append(System.lineSeparator());
        }
        if (!summary.withoutScenario().isEmpty()) {
            text.append(withoutScenario()).append(System.lineSeparator());
        }
        return text.append(counts()).append(System.lineSeparator()).toString();
    }

    private String counts() {
        return summary.count(Verdict.PROVEN) + " proven, " + summary.count(Verdict.NOT_MET) + " not met, "
                + summary.count(Verdict.NOT_RUN) + " not run"
                + (summary.count(Verdict.NOT_APPLICABLE) == 0 ? ""
                        : ", " + summary.count(Verdict.NOT_APPLICABLE) + " not applicable") + " of "
                + summary.lines().stream().filter(Summary.Line::selected).count() + " selected; "
                + summary.lines().size() + " in the task.";
    }

    private String unknown() {
        return "Not in the checklist: " + summary.unknown().stream().collect(Collectors.joining(", ")) + ".";
    }

    private String withoutScenario() {
        return "In the task, but no scenario proves it: " + String.join(", ", summary.withoutScenario()) + ".";
    }

    private static String ending(Summary.Line line) {
        Result result = line.result();
        boolean elsewhere = result.cause() == Cause.ENVIRONMENT || result.cause() == Cause.SUITE;
        String verdict = switch (result.verdict()) {
            case PROVEN -> result.seen().isEmpty() ? "proven" : "proven: ";
            case NOT_MET -> "not met: ";
            case NOT_RUN -> elsewhere ? "not run, " : "not run: ";
            case NOT_APPLICABLE -> "not applicable: ";
        };
        return verdict + result.sentence() + (result.took().isZero() ? "" : " (" + seconds(result.took()) + ")");
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.1fs", took.toMillis() / 1000.0);
    }
}
