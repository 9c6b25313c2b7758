package delivery.console;

import delivery.criteria.CriteriaReport;
import delivery.criteria.ExitCode;
import delivery.criteria.Summary;
import delivery.criteria.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** The end of a run's output: the list of criteria, the causes of failure, the report's location, and the outcome. */
final class ClosingSummary {

    private static final Pattern SIGN = Pattern.compile("^( *)([✔✘–○])( .*)$");

    private static final String PARTIAL = "partial: every selected criterion is proven";

    private ClosingSummary() {
    }

    /** @param harm that the live release was left changed, or its users were not served */
    static String text(Summary summary, Optional<String> harm, String took, String report) {
        List<String> causes = FailureCauses.of(summary);
        boolean green = summary.exitCode() == 0 || summary.isPartial();
        return Stream.of(Stream.of("", new CriteriaReport(summary).console()),
                causes.isEmpty() ? Stream.<String>empty() : Stream.concat(Stream.of("Why:"),
                        causes.stream().map(cause -> "  " + cause)),
                harm.stream().map(done -> "Live release: " + done),
                Stream.of(took, "report: " + report, green && harm.isPresent()
                        ? "exit code " + ExitCode.ENVIRONMENT.code() + ": every criterion that could be proved is, and"
                                + " the live release was harmed"
                        : "exit code " + summary.exitCode() + ": "
                        + (summary.isPartial() ? partial(summary) : summary.ending().meaning())))
                .flatMap(lines -> lines).collect(Collectors.joining("\n"));
    }

    private static String partial(Summary summary) {
        return PARTIAL + (summary.count(Verdict.NOT_APPLICABLE) == 0 ? "" : " that is applicable to this delivery")
                + (summary.withoutScenario().isEmpty() ? "" : ", and the task has criteria that no scenario proves");
    }

    /** Returns the text with a colour for each symbol. */
    static List<AttributedString> coloured(String text, Glyphs signs) {
        return text.lines().map(line -> {
            Matcher sign = SIGN.matcher(line);
            if (!sign.matches()) {
                return new AttributedString(signs.text(line));
            }
            int colour = switch (sign.group(2)) {
                case "✔" -> AttributedStyle.GREEN;
                case "✘" -> AttributedStyle.RED;
                case "○" -> AttributedStyle.BLUE;
                default -> AttributedStyle.YELLOW;
            };
            return new AttributedStringBuilder().append(sign.group(1))
                    .styled(AttributedStyle.DEFAULT.foreground(colour), signs.text(sign.group(2)))
                    .append(signs.text(sign.group(3))).toAttributedString();
        }).toList();
    }
}
