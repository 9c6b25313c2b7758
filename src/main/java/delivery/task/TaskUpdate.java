package delivery.task;

import delivery.criteria.Cause;
import delivery.criteria.Checklist;
import delivery.criteria.Criterion;
import delivery.criteria.Result;
import delivery.criteria.Section;
import delivery.criteria.Summary;
import delivery.criteria.Verdict;
import delivery.failure.InvalidTask;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The task's file after a run.
 *
 * <p>A criterion that was proven is ticked. One that was not met loses its tick and gets the reason beneath it. One
 * that was to be proved but was not run keeps its tick, because nothing was learned about it; without a tick it gets
 * the reason. One that was not to be proved, or that no scenario proves, stays exactly as it is. A section is ticked if
 * all its criteria are; it stays as it is if all of them do.
 */
final class TaskUpdate {

    private final Path file;
    private final Checklist checklist;
    private final TaskRun run;
    private final TaskDocument outline;
    private final Matching matching;
    private final HistoryBlock history;
    private final Edits edits = new Edits();
    /** The results of this run, by the criterion's id. */
    private final Map<String, Result> reported = new LinkedHashMap<>();
    private final String after;

    /**
     * @param report link to the run's report, in Markdown
     * @throws InvalidTask if the file's criteria are not those of the checklist, or the new text could not be read back
     *     from it
     */
    TaskUpdate(Path file, String before, Checklist checklist, TaskRun run, String report) {
        this.file = file;
        this.checklist = checklist;
        this.run = run;
        this.outline = new TaskDocument(before);
        this.matching = new Matching(outline, checklist);
        this.history = new HistoryBlock(before, outline);
        requireFit();
        for (Summary.Line line : run.summary().lines()) {
            if (isReported(line)) {
                reported.put(line.criterion().id(), line.result());
            }
        }
        if (reported.values().stream().allMatch(result -> result.cause() == Cause.SELECTION)) {
            // Nothing was run because of how the run was requested: there is no news for the task.
            reported.clear();
            this.after = before;
            return;
        }
        checklist.criteria().forEach(this::mark);
        checklist.sections().forEach(this::mark);
        history.write(run, reported.keySet(), withoutScenario(), report, edits);
        outline.frontMatter().update(run.ended(), edits).ifPresent(difference -> {
            throw InvalidTask.unfit(file, List.of(difference));
        });
        this.after = edits.applied(before);
        requireReadable();
    }

    String text() {
        return after;
    }

    String sentence() {
        if (reported.isEmpty()) {
            return "nothing was run, the file is as it was";
        }
        long boxes = checklist.criteria().stream().filter(criterion -> matching.box(criterion).isPresent()).count();
        long ticked = checklist.criteria().stream()
                .filter(criterion -> matching.box(criterion).isPresent() && isTicked(criterion)).count();
        return ticked + " of " + boxes + " criteria ticked, and the Session History has "
                + (reported.size() == 1 ? "the case" : "the " + reported.size() + " cases") + " of run " + run.id()
                + (withoutScenario().isEmpty() ? "" : "; no scenario proves " + String.join(", ", withoutScenario()));
    }

    private List<String> withoutScenario() {
        return matching.withoutScenario().stream().map(Matching::quoted).toList();
    }

    private void requireFit() {
        if (!matching.differences().isEmpty()) {
            if (matching.isEmpty()) {
                throw new InvalidTask(file, "has no box of any criterion of the task; name the task's own file");
            }
            throw InvalidTask.differing(file, matching.differences());
        }
        history.problem().ifPresent(problem -> {
            throw InvalidTask.unfit(file, List.of(problem));
        });
    }

    /** Whether a result goes into the file; a verdict does even if its criterion was not to be proved. */
    private boolean isReported(Summary.Line line) {
        Result result = line.result();
        boolean nothingLearned = !result.verdict().isJudged();
        boolean wasProven = matching.box(line.criterion()).map(TaskDocument.Box::ticked)
                .orElseGet(() -> history.records(line.criterion().id(), run));
        return !nothingLearned || !wasProven && (line.selected() || result.cause() != Cause.SELECTION);
    }

    private boolean isTicked(Criterion criterion) {
        Result result = reported.get(criterion.id());
        return result != null ? result.verdict() == Verdict.PROVEN
                : matching.box(criterion).map(TaskDocument.Box::ticked)
                        .orElseGet(() -> history.proves(criterion.id(), run));
    }

    private void mark(Criterion criterion) {
        Optional<TaskDocument.Box> box = matching.box(criterion);
        Result result = reported.get(criterion.id());
        if (box.isPresent() && result != null) {
            tick(box.get(), isTicked(criterion));
            reason(box.get(), criterion, isTicked(criterion) ? Optional.empty()
                    : Optional.of(Reason.of(criterion, result, run.ended(), run.redaction())));
        }
    }

    private void mark(Section section) {
        Optional<TaskDocument.Box> box = matching.sectionBox(section);
        boolean anyReported = section.criteria().stream().anyMatch(criterion -> reported.containsKey(criterion.id()));
        if (box.isEmpty() || !anyReported) {
            return;
        }
        tick(box.get(), section.criteria().stream().allMatch(this::isTicked) && matching.withoutScenario().stream()
                .filter(other -> other.sectionBox().filter(outer -> outer == box.get()).isPresent())
                .allMatch(TaskDocument.Box::ticked));
        for (Criterion criterion : section.criteria()) {
            Result result = reported.get(criterion.id());
            if (matching.box(criterion).isPresent()) {
                continue;
            }
            if (isTicked(criterion)) {
                reason(box.get(), criterion, Optional.empty());
            } else if (result != null) {
                reason(box.get(), criterion,
                        Optional.of(Reason.inSection(criterion, result, run.ended(), run.redaction())));
            } else if (!box.get().reasons().containsKey(criterion.id())) {
                reason(box.get(), criterion, Optional.of(Reason.neverRun(criterion)));
            }
        }
    }

    private void tick(TaskDocument.Box box, boolean ticked) {
        if (box.ticked() != ticked) {
            edits.replace(box.mark(), box.mark() + 1, ticked ? "x" : " ");
        }
    }

    /** Puts the reason beneath a box in place of an earlier one, or removes all reasons if there is none any more. */
    private void reason(TaskDocument.Box box, Criterion criterion, Optional<String> reason) {
        Lines lines = outline.lines();
        Integer there = box.reasons().get(criterion.id());
        outline.reasons(criterion.id()).stream().filter(index -> !index.equals(there)).forEach(this::remove);
        if (there == null) {
            Lines.Line above = lines.get(box.below().after());
            String eol = lines.ending(box.below().after());
            boolean isLast = above.next() == above.end();
            reason.ifPresent(text -> edits.insert(above.next(),
                    (isLast ? eol : "") + box.below().prefix() + text + (isLast ? "" : eol)));
            return;
        }
        Lines.Line line = lines.get(there);
        String content = lines.content(there);
        if (reason.isPresent()) {
            int text = content.length() - content.replaceFirst("^[\\s>]*[-*+]\\s+", "").length();
            edits.replace(line.start() + text, line.end(), reason.get());
        } else {
            remove(there);
        }
    }

    private void remove(int index) {
        Lines.Line line = outline.lines().get(index);
        boolean isLast = line.next() == line.end();
        // The last line's ending is the one before it, which was added with it.
        edits.replace(isLast ? outline.lines().get(index - 1).end() : line.start(), line.next(), "");
    }

    /** Makes sure that a reader of the file finds what is written. */
    private void requireReadable() {
        TaskDocument written = new TaskDocument(after);
        Matching found = new Matching(written, checklist);
        HistoryBlock foundHistory = new HistoryBlock(after, written);
        boolean readable = found.differences().isEmpty() && foundHistory.problem().isEmpty()
                && written.boxes().size() == outline.boxes().size()
                && checklist.criteria().stream().filter(criterion -> matching.box(criterion).isPresent())
                        .allMatch(criterion -> found.box(criterion).orElseThrow().ticked() == isTicked(criterion))
                && reported.keySet().stream().allMatch(id -> foundHistory.hasCase(run.id(), id));
        if (!readable) {
            throw new InvalidTask(file, "cannot be brought up to date: what would be written could not be read back."
                    + " Look for a fence of code or a comment that is begun and never ended, and for text that is"
                    + " indented beneath a line with \"" + HistoryBlock.MARK.strip() + "\"");
        }
    }
}
