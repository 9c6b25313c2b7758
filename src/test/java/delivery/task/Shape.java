package delivery.task;

import delivery.criteria.Criterion;
import delivery.criteria.Section;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A way to write the task's file, covering what people and their editors do differently.
 *
 * @param endings     line endings, in turn
 * @param bullet      bullet of the lists
 * @param nesting     indentation of a nested box
 * @param start       text at the start of the file, before the front matter
 * @param frontMatter lines between the hyphens; empty if there is no front matter
 * @param ids         whether comments give the criteria's ids
 * @param blocker     text before the blocker's words
 * @param ticked      criteria that are already ticked
 * @param tick        the letter of their ticks
 * @param beneath     lines beneath each criterion
 * @param between     lines between two boxes
 * @param trailing    blanks after each criterion
 * @param wrapped     whether each criterion spans two lines
 * @param headings    whether the sections are headings instead of boxes
 * @param extras      lines above the criteria that are not criteria
 * @param history     lines of the section Session History; null if there is no such section
 * @param end         lines after it
 * @param finalEnding whether the last line has an ending
 */
record Shape(List<String> endings, String bullet, String nesting, String start, List<String> frontMatter, boolean ids,
        String blocker, Set<String> ticked, String tick, List<String> beneath, List<String> between, String trailing,
        boolean wrapped, boolean headings, List<String> extras, List<String> history, List<String> end,
        boolean finalEnding) {

    /** Returns the most common shape. */
    static Shape plain() {
        return new Shape(List.of("\n"), "-", "  ", "", List.of("id: task-9", "title: Zoë 李雷 🚀", "updated: 2025-11-03",
                "status: To Do"), false, "", Set.of(), "x", List.of(), List.of(), "", false, false, List.of(),
                List.of("", "<!-- Update with timestamps, commands and outcomes -->", ""),
                List.of("## Decisions Made", "", "- Use a simple change."), true);
    }

    Shape endings(String... with) {
        return new Shape(List.of(with), bullet, nesting, start, frontMatter, ids, blocker, ticked, tick, beneath,
                between, trailing, wrapped, headings, extras, history, end, finalEnding);
    }

    Shape lists(String with, String nested) {
        return new Shape(endings, with, nested, start, frontMatter, ids, blocker, ticked, tick, beneath, between,
                trailing, wrapped, headings, extras, history, end, finalEnding);
    }

    Shape start(String with, List<String> yaml) {
        return new Shape(endings, bullet, nesting, with, yaml, ids, blocker, ticked, tick, beneath, between,
                trailing, wrapped, headings, extras, history, end, finalEnding);
    }

    Shape ids(boolean with) {
        return new Shape(endings, bullet, nesting, start, frontMatter, with, blocker, ticked, tick, beneath, between,
                trailing, wrapped, headings, extras, history, end, finalEnding);
    }

    Shape blocker(String with) {
        return new Shape(endings, bullet, nesting, start, frontMatter, ids, with, ticked, tick, beneath, between,
                trailing, wrapped, headings, extras, history, end, finalEnding);
    }

    Shape ticked(String letter, Set<String> criteria) {
        return new Shape(endings, bullet, nesting, start, frontMatter, ids, blocker, criteria, letter, beneath, between,
                trailing, wrapped, headings, extras, history, end, finalEnding);
    }

    Shape around(List<String> under, List<String> apart, String behind) {
        return new Shape(endings, bullet, nesting, start, frontMatter, ids, blocker, ticked, tick, under, apart,
                behind, wrapped, headings, extras, history, end, finalEnding);
    }

    Shape wrapped(boolean with) {
        return new Shape(endings, bullet, nesting, start, frontMatter, ids, blocker, ticked, tick, beneath, between,
                trailing, with, headings, extras, history, end, finalEnding);
    }

    Shape headings(boolean with) {
        return new Shape(endings, bullet, nesting, start, frontMatter, ids, blocker, ticked, tick, beneath, between,
                trailing, wrapped, with, extras, history, end, finalEnding);
    }

    Shape extras(List<String> with) {
        return new Shape(endings, bullet, nesting, start, frontMatter, ids, blocker, ticked, tick, beneath, between,
                trailing, wrapped, headings, with, history, end, finalEnding);
    }

    Shape history(List<String> with, List<String> behind, boolean ending) {
        return new Shape(endings, bullet, nesting, start, frontMatter, ids, blocker, ticked, tick, beneath, between,
                trailing, wrapped, headings, extras, with, behind, ending);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        if (!frontMatter.isEmpty()) {
            text.append("---\n").append(String.join("\n", frontMatter)).append("\n---\n");
        }
        text.append("## Description\n\nProgressive delivery.\n\n");
        extras.forEach(line -> text.append(line).append('\n'));
        text.append("## Acceptance Criteria\n\n");
        for (Section section : TaskFixture.CHECKLIST.sections()) {
            if (!section.name().equals("Blockers")) {
                section(text, section);
            }
        }
        text.append("\n## Blockers\n\n");
        String words = words(TaskFixture.CHECKLIST.criterion("PRE-1").orElseThrow());
        text.append(blocker).append(blocker.contains("[") ? words : words.replaceFirst(" <!--.*", "")).append('\n');
        if (history != null) {
            text.append("\n## Session History\n");
            history.forEach(line -> text.append(line).append('\n'));
        }
        end.forEach(line -> text.append(line).append('\n'));
        if (!finalEnding) {
            text.setLength(text.length() - 1);
        }
        return start + ended(text.toString());
    }

    private void section(StringBuilder text, Section section) {
        if (headings) {
            text.append("### ").append(section.name()).append("\n\n");
        } else {
            text.append(bullet).append(" [ ] **").append(section.name()).append(":**\n");
        }
        for (Criterion criterion : section.criteria()) {
            // The task's own list has no box for criteria from its description.
            if (ids || !TaskFixture.CHECKLIST.isFromDescription(criterion)) {
                between.forEach(line -> text.append(line).append('\n'));
                String indentation = headings ? "" : nesting;
                String words = words(criterion);
                text.append(indentation).append(bullet)
                        .append(ticked.contains(criterion.id()) ? " [" + tick + "] " : " [ ] ")
                        .append(wrapped ? words.replaceFirst(" (\\w+\\.)", "\n" + indentation + "      $1") : words)
                        .append(trailing).append('\n');
                beneath.forEach(line -> text.append(line.isEmpty() ? "" : indentation + " ".repeat(bullet.length() + 1))
                        .append(line).append('\n'));
            }
        }
    }

    private String words(Criterion criterion) {
        return criterion.words() + (ids ? " <!-- " + criterion.id() + " -->" : "");
    }

    private String ended(String text) {
        StringBuilder ended = new StringBuilder();
        int line = 0;
        for (int at = 0; at < text.length(); at++) {
            ended.append(text.charAt(at) == '\n' ? endings.get(line++ % endings.size()) : text.substring(at, at + 1));
        }
        return ended.toString();
    }

    /** Returns the ids of the criteria that have a box. */
    Set<String> boxes() {
        Set<String> boxes = new TreeSet<>();
        TaskFixture.CHECKLIST.criteria().forEach(criterion -> boxes.add(criterion.id()));
        if (!ids) {
            boxes.remove("CAN-A");
        }
        if (!blocker.contains("[")) {
            boxes.remove("PRE-1");
        }
        return boxes;
    }
}
