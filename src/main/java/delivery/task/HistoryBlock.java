package delivery.task;

import delivery.criteria.Criterion;
import delivery.criteria.Result;
import delivery.criteria.Summary;
import delivery.criteria.Verdict;
import delivery.failure.Difference;
import delivery.history.HistoryEntry;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of the section "Session History" that runs wrote: one run after the other, each with the test cases that no
 * later run wrote again. It lies between two comments, and each run and each case begins with one.
 */
final class HistoryBlock {

    static final String SECTION = "Session History";
    /** The beginning of each of these comments. */
    static final String MARK = "<!-- acceptance: ";

    private static final String BEGIN = MARK + "begin";
    private static final String BEGIN_LINE =
            BEGIN + "; a run replaces its cases from here to the end, so write above or below -->";
    private static final String END = MARK + "end -->";
    private static final Pattern RUN = Pattern.compile("<!-- acceptance: run (\\w+) -->");
    private static final Pattern CASE =
            Pattern.compile("<!-- acceptance: case ([A-Z]+-[A-Z0-9]+) (proven|not met|not run|not applicable) -->");
    private static final int DEEPEST = 6;
    /** Longest sentence of a verdict, in characters; the report has the observations before a failure in full. */
    private static final int LONGEST = 1_000;
    private static final Pattern BACKTICKS = Pattern.compile("`+");

    private final String text;
    private final TaskDocument outline;
    private final List<Run> runs = new ArrayList<>();
    private Optional<TaskDocument.Mark> begin = Optional.empty();
    private Optional<TaskDocument.Mark> end = Optional.empty();
    private Optional<Difference> problem = Optional.empty();

    /** A run as the file has it. */
    private record Run(String id, String head, List<Case> cases) {
    }

    /** A test case as the file has it. */
    private record Case(String criterion, boolean proven, String text) {
    }

    HistoryBlock(String text, TaskDocument outline) {
        this.text = text;
        this.outline = outline;
        for (TaskDocument.Mark mark : outline.marks()) {
            if (isBegin(mark)) {
                broken(begin.isPresent(), mark, "begins the history of runs a second time; remove that one");
                begin = begin.or(() -> Optional.of(mark));
            } else if (isEnd(mark)) {
                broken(begin.isEmpty() || end.isPresent(), mark,
                        "ends the history of runs, which does not begin above it; remove this line");
                end = end.or(() -> Optional.of(mark));
            }
        }
        begin.ifPresent(mark -> broken(end.isEmpty(), mark,
                "begins the history of runs, and the line \"" + END + "\" is not there any more; put it back where that"
                        + " history ends, or remove this line to begin a new one"));
        if (begin.isPresent() && problem.isEmpty()) {
            readRuns();
        }
    }

    static boolean isBegin(TaskDocument.Mark mark) {
        return mark.comment().startsWith(BEGIN);
    }

    static boolean isEnd(TaskDocument.Mark mark) {
        return mark.comment().equals(END);
    }

    /** Returns why the history cannot be written; empty if it can. */
    Optional<Difference> problem() {
        return problem;
    }

    /** Whether a run other than this one has a case of a criterion. */
    boolean records(String criterion, TaskRun butFor) {
        return otherCases(butFor).stream().anyMatch(there -> there.criterion().equals(criterion));
    }

    /** Whether a run other than this one wrote that a criterion is proven. */
    boolean proves(String criterion, TaskRun butFor) {
        return otherCases(butFor).stream().anyMatch(there -> there.criterion().equals(criterion) && there.proven());
    }

    /** Whether it has the case of a criterion in a run. */
    boolean hasCase(String run, String criterion) {
        return runs.stream().filter(there -> there.id().equals(run)).flatMap(there -> there.cases().stream())
                .anyMatch(there -> there.criterion().equals(criterion));
    }

    /**
     * Writes a run below the runs that are there. Its criteria are removed from the earlier runs.
     *
     * @param ids     ids of the criteria that the run has cases of
     * @param without criteria of the task that no scenario proves
     * @param report  link to its report
     */
    void write(TaskRun run, Set<String> ids, List<String> without, String report, Edits edits) {
        Lines lines = outline.lines();
        if (begin.isPresent() && end.isPresent()) {
            String eol = lines.ending(begin.get().index());
            int from = lines.get(begin.get().index()).next();
            int to = lines.get(end.get().index()).start();
            edits.replace(from, to, kept(run, ids) + written(run, ids, without, report, level(begin.get().index()))
                    .replace("\n", eol));
            return;
        }
        Optional<TaskDocument.Title> section = section();
        int level = section.map(TaskDocument.Title::level).orElse(2);
        int last = section.map(this::lastLine).orElseGet(() -> lastNotBlank(0, lines.count()));
        boolean endsThere = lines.get(last).next() == lines.get(last).end();
        boolean close = last + 1 < lines.count() && !lines.isBlank(last + 1);
        String block = (section.isPresent() ? "" : "## " + SECTION + "\n\n")
                + BEGIN_LINE + "\n" + written(run, ids, without, report, level) + END;
        edits.insert(lines.get(last).next(), ((endsThere ? "\n\n" : "\n") + block + (endsThere ? "" : "\n")
                + (close ? "\n" : "")).replace("\n", lines.ending(last)));
    }

    private void broken(boolean isBroken, TaskDocument.Mark mark, String what) {
        if (isBroken && problem.isEmpty()) {
            problem = Optional.of(new Difference(mark.index() + 1, what));
        }
    }

    private void readRuns() {
        List<TaskDocument.Mark> marks = outline.marks().stream()
                .filter(mark -> mark.index() > begin.orElseThrow().index() && mark.index() <= end.orElseThrow().index())
                .filter(mark -> isEnd(mark) || RUN.matcher(mark.comment()).matches()
                        || CASE.matcher(mark.comment()).matches())
                .toList();
        for (int number = 0; number < marks.size() - 1; number++) {
            TaskDocument.Mark mark = marks.get(number);
            String part = text.substring(outline.lines().get(mark.index()).start(),
                    outline.lines().get(marks.get(number + 1).index()).start());
            Matcher run = RUN.matcher(mark.comment());
            Matcher testCase = CASE.matcher(mark.comment());
            if (run.matches()) {
                runs.add(new Run(run.group(1), part, new ArrayList<>()));
            } else if (testCase.matches() && !runs.isEmpty()) {
                runs.get(runs.size() - 1).cases()
                        .add(new Case(testCase.group(1), testCase.group(2).equals("proven"), part));
            }
        }
    }

    private List<Case> otherCases(TaskRun butFor) {
        return runs.stream().filter(run -> !run.id().equals(butFor.id())).flatMap(run -> run.cases().stream()).toList();
    }

    /** Returns the part that earlier runs wrote and this one does not replace, unchanged. */
    private String kept(TaskRun run, Set<String> ids) {
        StringBuilder kept = new StringBuilder();
        for (Run earlier : runs) {
            List<Case> cases = earlier.cases().stream().filter(there -> !ids.contains(there.criterion())).toList();
            if (!earlier.id().equals(run.id()) && !cases.isEmpty()) {
                kept.append(earlier.head());
                cases.forEach(there -> kept.append(there.text()));
            }
        }
        return kept.toString();
    }

    private static String written(TaskRun run, Set<String> ids, List<String> without, String report, int level) {
        StringBuilder text = new StringBuilder(MARK).append("run ").append(run.id()).append(" -->\n");
        text.append(heading(level + 1)).append("Run ").append(run.id()).append(" on ")
                .append(run.begun().toString(), 0, "2026-01-31".length()).append("\n\n");
        text.append("- ").append(run.begun().truncatedTo(ChronoUnit.SECONDS)).append(" to ")
                .append(run.ended().truncatedTo(ChronoUnit.SECONDS)).append(" (UTC)\n");
        text.append("- Target: ").append(Plain.escaped(run.redaction().apply(run.target()))).append('\n');
        text.append("- ").append(counts(run.summary())).append('\n');
        if (!without.isEmpty()) {
            text.append("- No scenario proves ").append(Plain.escaped(String.join(", ", without))).append('\n');
        }
        text.append("- Report: ").append(report).append("\n\n");
        for (Summary.Line line : run.summary().lines()) {
            if (ids.contains(line.criterion().id())) {
                text.append(written(run, line.criterion(), line.result(), level));
            }
        }
        return text.toString();
    }

    private static String written(TaskRun run, Criterion criterion, Result result, int level) {
        String verdict = Reason.verdict(result);
        StringBuilder text = new StringBuilder(MARK).append("case ").append(criterion.id()).append(' ')
                .append(verdict.toLowerCase(Locale.ROOT)).append(" -->\n");
        text.append(heading(level + 2)).append(criterion.id()).append(": ").append(criterion.words()).append("\n\n");
        String sentence = result.verdict() == Verdict.PROVEN ? result.seen() : result.reason();
        text.append(verdict).append(result.took().isZero() ? ""
                : String.format(Locale.ROOT, " after %.1f s", result.took().toMillis() / 1000.0));
        text.append(sentence.isBlank() ? "." : ": "
                + Plain.escaped(Plain.cut(LONGEST, run.redaction().apply(sentence)))).append("\n\n");
        List<HistoryEntry> entries =
                run.entries().stream().filter(entry -> entry.criterion().equals(criterion.id())).toList();
        if (!entries.isEmpty()) {
            StringBuilder session = new StringBuilder();
            entries.forEach(entry -> session.append(session.isEmpty() ? "" : "\n").append(typed(entry)));
            String fence = fence(session.toString());
            text.append(fence).append("console\n").append(session).append(fence).append("\n\n");
        }
        return text.toString();
    }

    /** Returns an entry as a terminal would show it. */
    private static String typed(HistoryEntry entry) {
        String outcome = Plain.line(entry.outcome());
        return "# " + entry.at() + "\n$ " + Plain.line(entry.command()) + "\n"
                + (outcome.isEmpty() ? "" : outcome.replace("; ", ";\n") + "\n");
    }

    /** Returns a fence longer than every row of backticks in what it encloses (CommonMark, section 4.5). */
    private static String fence(String fenced) {
        int longest = BACKTICKS.matcher(fenced).results().mapToInt(row -> row.group().length()).max().orElse(0);
        return "`".repeat(Math.max(3, longest + 1));
    }

    private static String counts(Summary summary) {
        return summary.counted() + ", of " + summary.lines().stream().filter(Summary.Line::selected).count()
                + " criteria that were to be proved (" + summary.lines().size() + " in the task)";
    }

    private static String heading(int level) {
        return "#".repeat(Math.min(level, DEEPEST)) + " ";
    }

    private Optional<TaskDocument.Title> section() {
        return outline.titles().stream()
                .filter(title -> Matching.name(title.words()).equals(Matching.name(SECTION))).findFirst();
    }

    /** Returns the level of the section's heading, below which people may have headings of their own. */
    private int level(int index) {
        return section().filter(title -> title.index() < index)
                .or(() -> outline.titles().stream().filter(title -> title.index() < index)
                        .reduce((earlier, later) -> later))
                .map(TaskDocument.Title::level).orElse(2);
    }

    /** Returns the last nonblank line of a section, which extends to the next heading of its level. */
    private int lastLine(TaskDocument.Title section) {
        int next = outline.titles().stream()
                .filter(title -> title.index() > section.index() && title.level() <= section.level())
                .mapToInt(TaskDocument.Title::first).findFirst().orElse(outline.lines().count());
        return lastNotBlank(section.index(), next);
    }

    private int lastNotBlank(int least, int before) {
        int last = before - 1;
        while (last > least && outline.lines().isBlank(last)) {
            last--;
        }
        return last;
    }
}
