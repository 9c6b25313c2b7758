package delivery.task;

import static delivery.task.TaskFixture.notMet;
import static delivery.task.TaskFixture.partial;
import static delivery.task.TaskFixture.proven;
import static delivery.task.TaskFixture.run;
import static delivery.task.TaskFixture.unfit;
import static delivery.task.TaskFixture.updated;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.DeltaType;
import delivery.criteria.Cause;
import delivery.criteria.Criterion;
import delivery.criteria.Result;
import delivery.criteria.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties of the task's file in every shape. The checks use none of the code that writes it. */
class ShapesTest {

    private static final List<String> NOT_CRITERIA = List.of("## Definition of Done", "", "- [ ] Reviewed",
            "- [x] **Documentation:**", "  - [ ] The old ReplicaSet is scaled down, says the wiki.", "",
            "```markdown", "## Acceptance Criteria", "- [ ] **Setup:**", "  - [ ] The old ReplicaSet is scaled down.",
            "```", "", "~~~", "<!--", "~~~", "", "<!--", "- [ ] The old ReplicaSet is scaled down.", "-->", "",
            "    - [ ] code", "");
    private static final List<String> PERSONS_HISTORY = List.of("", "2025-11-03 by Zoë: tried by hand.", "",
            "### By hand", "", "```", "- [ ] not a box", "```", "| a | b |", "|---|---|", "| 1 | 2 |", "");
    private static final Pattern EOL = Pattern.compile("\r\n|\n|\r");

    static Stream<Arguments> shapes() {
        Shape plain = Shape.plain();
        return Stream.of(
                Arguments.of("as most have it", plain),
                Arguments.of("CRLF", plain.endings("\r\n")),
                Arguments.of("CR", plain.endings("\r")),
                Arguments.of("mixed endings", plain.endings("\n", "\r\n", "\n", "\n", "\r\n")),
                Arguments.of("no final ending", plain.history(plain.history(), plain.end(), false)),
                Arguments.of("history last, no final ending",
                        plain.history(List.of("", "<!-- Update -->"), List.of(), false)),
                Arguments.of("history last and empty", plain.history(List.of(), List.of(), false)),
                Arguments.of("blank lines at the end", plain.history(List.of("", "", ""), List.of(), true)),
                Arguments.of("byte order mark", plain.start("\uFEFF", plain.frontMatter())),
                Arguments.of("no front matter", plain.start("", List.of())),
                Arguments.of("byte order mark, no front matter", plain.start("\uFEFF", List.of())),
                Arguments.of("ticked by x", plain.ticked("x", plain.boxes())),
                Arguments.of("ticked by X", plain.ticked("X", Set.of("BG-1", "CAN-3", "DOC-1"))),
                Arguments.of("asterisks", plain.lists("*", "  ")),
                Arguments.of("pluses, four blanks", plain.lists("+", "    ")),
                Arguments.of("tabs", plain.lists("-", "\t")),
                Arguments.of("numbers", plain.lists("1.", "   ")),
                Arguments.of("three blanks behind the bullet", plain.lists("-  ", "    ")),
                Arguments.of("ids", plain.ids(true).blocker("- [ ] ")),
                Arguments.of("blocker in a box", plain.blocker("* [ ] ")),
                Arguments.of("blocker in a list", plain.blocker("- ")),
                Arguments.of("blocker in a quote", plain.blocker("> **Note:** ")),
                Arguments.of("boxes that are no criteria", plain.extras(NOT_CRITERIA)),
                Arguments.of("notes beneath", plain.around(List.of("- by Zoë, 2025", "  more of it"), List.of(), "")),
                Arguments.of("code beneath", plain.around(List.of("```", "- [ ] x", "```"), List.of(), "")),
                Arguments.of("paragraphs beneath", plain.around(List.of("", "A note.", ""), List.of(), "")),
                Arguments.of("loose", plain.around(List.of(), List.of(""), "")),
                Arguments.of("trailing blanks", plain.around(List.of(), List.of(), "  ")),
                Arguments.of("trailing tab", plain.around(List.of(), List.of(), "\t")),
                Arguments.of("wrapped", plain.wrapped(true)),
                Arguments.of("sections as headings", plain.headings(true)),
                Arguments.of("a person's history", plain.history(PERSONS_HISTORY, plain.end(), true)),
                Arguments.of("history right before a heading", plain.history(List.of("Mine."), plain.end(), true)),
                Arguments.of("no history", plain.history(null, plain.end(), true)),
                Arguments.of("no history, no final ending", plain.history(null, plain.end(), false)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void isBroughtUpToDate(String name, Shape shape) {
        holds(shape, Map.of("BG-6", notMet("Two pods are left."), "CAN-A", notMet("The release went on."),
                "RB-1", unfit()));
    }

    @Property(tries = 200)
    void isBroughtUpToDateHoweverItIsWritten(@ForAll("anyShape") Shape shape, @ForAll("anyResults") Map<String,
            Result> results) {
        holds(shape, results);
    }

    private static void holds(Shape shape, Map<String, Result> red) {
        String before = shape.text();
        String after = updated(before, run("first", red));

        // Ticks show the verdicts; a criterion without a result keeps its tick.
        Set<String> ticked = new TreeSet<>();
        for (String id : shape.boxes()) {
            Result result = red.getOrDefault(id, proven(id));
            boolean isTicked = switch (result.verdict()) {
                case PROVEN -> true;
                case NOT_MET -> false;
                case NOT_RUN, NOT_APPLICABLE -> shape.ticked().contains(id);
            };
            if (isTicked) {
                ticked.add(id);
            }
        }
        assertThat(tickedIn(after)).isEqualTo(ticked);
        assertThat(reasons(after)).containsExactlyInAnyOrderElementsOf(expectedReasons(shape, red, ticked));

        // Everything else stays byte for byte.
        onlyOursIsNew(before, after);
        assertThat(after.endsWith("\n") || after.endsWith("\r"))
                .isEqualTo(before.endsWith("\n") || before.endsWith("\r"));
        assertThat(endings(after)).isEqualTo(endings(before));

        // The same run again changes nothing; another run leaves no trace of the first.
        assertThat(updated(after, run("first", red))).isEqualTo(after);
        assertThat(updated(after, run("second", Map.of())).replace("[X]", "[x]"))
                .isEqualTo(updated(before, run("second", Map.of())).replace("[X]", "[x]"));

        // A run does not touch criteria that it did not prove.
        String partly = updated(after, partial("part", Map.of("BG-2", proven("BG-2"))));
        ticked.add("BG-2");
        assertThat(tickedIn(partly)).isEqualTo(ticked);
        onlyOursIsNew(before, partly);
        assertThat(count(partly, "<!-- acceptance: case ")).isEqualTo(count(after, "<!-- acceptance: case ")
                + (after.contains("<!-- acceptance: case BG-2 ") ? 0 : 1));
        assertThat(count(partly, "<!-- acceptance: case BG-2 ")).isEqualTo(1);
    }

    private static Set<String> expectedReasons(Shape shape, Map<String, Result> red, Set<String> ticked) {
        Set<String> expected = new TreeSet<>(shape.boxes());
        expected.removeAll(ticked);
        boolean known = red.containsKey("CAN-A") && red.get("CAN-A").verdict() != Verdict.PROVEN;
        if (!shape.boxes().contains("CAN-A") && known && !shape.headings()) {
            expected.add("CAN-A");
        }
        return expected;
    }

    private static Set<String> tickedIn(String text) {
        Set<String> ticked = new TreeSet<>();
        String oneLine = text.replaceAll("(?s)```.*?```|~~~.*?~~~", "").replaceAll("\\s+", " ");
        for (Criterion criterion : TaskFixture.CHECKLIST.criteria()) {
            if (Pattern.compile("\\[[xX]\\] " + Pattern.quote(criterion.words())).matcher(oneLine).find()) {
                ticked.add(criterion.id());
            }
        }
        return ticked;
    }

    private static List<String> reasons(String text) {
        List<String> ids = new ArrayList<>();
        Matcher reason = Pattern.compile("(?:Not met|Not run) \\([^)]*\\): .* <!-- acceptance: (\\S+) -->")
                .matcher(text);
        while (reason.find()) {
            ids.add(reason.group(1));
        }
        return ids;
    }

    /** Requires that nothing is removed or changed, and nothing added but what a run may write. */
    private static void onlyOursIsNew(String before, String after) {
        for (AbstractDelta<String> delta : DiffUtils.diff(theirs(before), theirs(after)).getDeltas()) {
            assertThat(delta.getType()).as(delta.toString()).isEqualTo(DeltaType.INSERT);
            assertThat(delta.getTarget().getLines())
                    .allMatch(line -> line.isBlank() || line.strip().equals("## Session History"));
        }
    }

    /** Returns the lines with their endings, with all ticks alike and without what a run may write. */
    private static List<String> theirs(String text) {
        List<String> theirs = new ArrayList<>();
        String eol = text.endsWith("\n") || text.endsWith("\r") ? ""
                : EOL.matcher(text).results().reduce((one, last) -> last).orElseThrow().group();
        boolean ours = false;
        for (String line : (text + eol).split("(?<=\n)|(?<=\r)(?!\n)")) {
            ours |= line.startsWith("<!-- acceptance: begin");
            if (!ours && !line.matches("(?s).*<!-- acceptance: [A-Z]+-\\w+ -->\\s*") && !line.startsWith("updated:")) {
                theirs.add(line.replaceAll("\\[[xX]\\]", "[ ]"));
            }
            ours &= !line.startsWith("<!-- acceptance: end -->");
        }
        return theirs;
    }

    private static Set<String> endings(String text) {
        Set<String> endings = new TreeSet<>();
        Matcher eol = EOL.matcher(text);
        while (eol.find()) {
            endings.add(eol.group());
        }
        return endings;
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    @Provide
    Arbitrary<Shape> anyShape() {
        Arbitrary<Shape> written = Combinators.combine(
                Arbitraries.of(List.of("\n"), List.of("\r\n"), List.of("\r"), List.of("\n", "\r\n"),
                        List.of("\r\n", "\n", "\n")),
                Arbitraries.of("-/  ", "-/\t", "*/    ", "+/  ", "1./   ", "-  /    "),
                Arbitraries.of("", "\uFEFF"),
                Arbitraries.of(List.<String>of(), List.of("updated: 2025-01-02"),
                        List.of("updated: '2025-01-02 10:00' # by Zoë"),
                        List.of("updated:"), List.of("id: x"), List.of("created: \"2025-01-02\"", "id: x")),
                Arbitraries.of(true, false),
                Arbitraries.of("", "- [ ] ", "* ", "> "),
                Arbitraries.subsetOf(Shape.plain().ids(true).boxes()),
                Arbitraries.of("x", "X"))
                .as((endings, lists, start, yaml, ids, blocker, ticked, tick) -> Shape.plain()
                        .endings(endings.toArray(String[]::new))
                        .lists(lists.substring(0, lists.indexOf('/')), lists.substring(lists.indexOf('/') + 1))
                        .start(start, yaml).ids(ids).blocker(blocker).ticked(tick, ticked));
        return Combinators.combine(written,
                Arbitraries.of(List.<String>of(), List.of("- a note"), List.of("", "A note."),
                        List.of("* [not a box]", "  1. x"), List.of("", "```", "- [ ] x", "```")),
                Arbitraries.of(List.<String>of(), List.of("")),
                Arbitraries.of("", "  ", "\t"),
                Arbitraries.of(true, false),
                Arbitraries.of(List.<String>of(), NOT_CRITERIA),
                Arbitraries.of(List.<String>of(), List.of("", "<!-- Update -->", ""), List.of("Mine."),
                        PERSONS_HISTORY),
                Arbitraries.of(true, false))
                .as((shape, beneath, between, trailing, headings, extras, history, finalEnding) -> shape
                        .around(beneath, between, trailing).headings(headings).extras(extras)
                        .history(history, shape.end(), finalEnding));
    }

    @Provide
    Arbitrary<Map<String, Result>> anyResults() {
        Arbitrary<String> sentences =
                Arbitraries.of("-->", "<!-- acceptance: end -->", "`", "```", "a | b", "| a |\n|---|",
                "\n## Session History\n", "\r\n- [ ] box", "\\", "[ ] x", "<b>", "&lt;", "*", "__", "~~~", "$x$",
                "\u0000", "\u2028", "🚀", "\ud83d", "\u202e", "---").list().ofMinSize(1).ofMaxSize(6)
                .map(parts -> "x" + String.join(" ", parts));
        Arbitrary<Result> results = Combinators.combine(sentences, Arbitraries.of(true, false))
                .as((sentence, met) -> met
                ? notMet(sentence) : Result.notRun(Cause.SUITE, sentence, Duration.ZERO));
        return Arbitraries.maps(Arbitraries.of(Shape.plain().ids(true).boxes()), results).ofMaxSize(6)
                .map(map -> new HashMap<>(map));
    }
}
