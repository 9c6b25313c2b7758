package delivery.criteria;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The list of criteria with their verdicts, in the checklist's order and words. */
public record CriteriaReport(Summary summary) {

    /** Writes the list as Markdown, creating the folder if necessary. */
    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, markdown());
    }

    /** The list in the task's format, to be pasted into it: a box is ticked if its criterion is proven. */
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
        gaps().forEach(gap -> text.append("\n").append(gap).append("\n"));
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
        gaps().forEach(gap -> text.append(gap).append(System.lineSeparator()));
        return text.append(counts()).append(System.lineSeparator()).toString();
    }

    private String counts() {
        return summary.counted() + " of " + summary.lines().stream().filter(Summary.Line::selected).count()
                + " selected; " + summary.lines().size() + " in the task.";
    }

    /** The differences between the checklist and the task's own list of criteria. */
    private List<String> gaps() {
        return Stream.of(Map.entry("Not in the checklist: ", summary.unknown()),
                        Map.entry("In the task, but no scenario proves it: ", summary.withoutScenario()))
                .filter(gap -> !gap.getValue().isEmpty())
                .map(gap -> gap.getKey() + String.join(", ", gap.getValue()) + ".").toList();
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
        return verdict + result.sentence() + (result.took().isZero() ? ""
                : String.format(Locale.ROOT, " (%.1fs)", result.took().toMillis() / 1000.0));
    }
}
