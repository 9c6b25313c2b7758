package delivery.task;

import delivery.criteria.Checklist;
import delivery.criteria.Criterion;
import delivery.criteria.Section;
import delivery.failure.Difference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Matches the boxes of the task's file with criteria: by the id in the box's comment, or else by section and words. If
 * the file does not name the section, because Backlog.md keeps all boxes in one list, the words alone decide.
 *
 * <p>Two kinds need no box: one that the checklist takes from the task's description, which the list does not repeat;
 * and one directly under a heading, such as a blocker, if the file has its words there as running text.
 */
final class Matching {

    /** The smallest share of all words of two sentences that both must have for one to be a rewording of the other. */
    private static final double REWORDED = 0.5;

    private final TaskDocument outline;
    private final Checklist checklist;
    private final Map<String, TaskDocument.Box> byId = new LinkedHashMap<>();
    /** Criteria by box; compared by identity, because boxes may look alike. */
    private final Map<TaskDocument.Box, Criterion> criteria = new IdentityHashMap<>();
    private final Set<String> withoutBox = new HashSet<>();
    private final List<Difference> differences = new ArrayList<>();
    private final List<TaskDocument.Box> withoutScenario = new ArrayList<>();

    Matching(TaskDocument outline, Checklist checklist) {
        this.outline = outline;
        this.checklist = checklist;
        matchByIdOrWords();
        Set<Optional<TaskDocument.Title>> lists = lists();
        matchElsewhere();
        matchText();
        matchReworded(lists);
        lists.forEach(this::findAdded);
        reportMissing();
        criteria.keySet().forEach(this::reportNesting);
        if (!differences.isEmpty()) {
            // One of them may be a criterion that is reported as missing.
            withoutScenario.forEach(box -> report(box, "no scenario proves " + box.id().map(id -> id + " ").orElse("")
                    + quoted(box) + " under \"" + box.section() + "\""));
        }
        differences.sort(Comparator.comparingInt(Difference::line));
    }

    /** Returns the boxes of criteria that the checklist lacks, in the file's order: no scenario proves them. */
    List<TaskDocument.Box> withoutScenario() {
        return outline.boxes().stream().filter(withoutScenario::contains).toList();
    }

    /** Returns everything in which the file deviates from the checklist, sorted by line; empty if nothing does. */
    List<Difference> differences() {
        return List.copyOf(differences);
    }

    /** Returns a criterion's box; empty if it needs none. */
    Optional<TaskDocument.Box> box(Criterion criterion) {
        return Optional.ofNullable(byId.get(criterion.id()));
    }

    /** Returns the box of a section; empty if the section is a heading. */
    Optional<TaskDocument.Box> sectionBox(Section section) {
        return section.criteria().stream().flatMap(criterion -> box(criterion).stream())
                .flatMap(box -> box.sectionBox().stream()).findFirst();
    }

    /** Whether no box of the file belongs to the checklist. */
    boolean isEmpty() {
        return byId.isEmpty();
    }

    /** Normalizes the name of a section for comparison. */
    static String name(String title) {
        return title.strip().replaceAll("[*_`]|:$", "").strip().toLowerCase(Locale.ROOT);
    }

    private void matchByIdOrWords() {
        Map<String, TaskDocument.Box> first = new HashMap<>();
        for (TaskDocument.Box box : outline.boxes()) {
            Optional<Criterion> criterion = box.label().isPresent() ? Optional.empty() : criterion(box);
            if (criterion.isEmpty()) {
                continue;
            }
            Criterion found = criterion.get();
            TaskDocument.Box earlier = first.putIfAbsent(found.id(), box);
            if (earlier != null) {
                report(box, found.id() + " a second time; it is in line " + (earlier.index() + 1) + " already");
                criteria.put(box, found);
                continue;
            }
            match(box, found);
            if (!isOf(found.section(), box)) {
                reportMoved(box, found);
            }
            if (!sameWords(box.words(), found)) {
                reportReworded(box.index(), box.words(), found);
            }
        }
    }

    private Optional<Criterion> criterion(TaskDocument.Box box) {
        if (box.id().isPresent()) {
            return checklist.criterion(box.id().get());
        }
        return checklist.criteria().stream().filter(criterion -> sameWords(box.words(), criterion)
                && isOf(criterion.section(), box)).findFirst();
    }

    /** Whether a box belongs to a section, as far as the file distinguishes sections. */
    private boolean isOf(String section, TaskDocument.Box box) {
        return name(box.section()).equals(name(section)) || !isNamed(section)
                && checklist.sections().stream().noneMatch(other -> name(other.name()).equals(name(box.section())));
    }

    private boolean isNamed(String section) {
        return outline.titles().stream().anyMatch(title -> name(title.words()).equals(name(section)))
                || outline.boxes().stream().flatMap(box -> box.label().stream())
                        .anyMatch(label -> name(label).equals(name(section)));
    }

    /** Returns the headings that have lists of criteria below them; boxes under other headings are unrelated. */
    private Set<Optional<TaskDocument.Title>> lists() {
        Set<Optional<TaskDocument.Title>> lists = new HashSet<>();
        criteria.keySet().forEach(box -> lists.add(box.title()));
        Set<String> found = new HashSet<>();
        criteria.values().forEach(criterion -> found.add(criterion.section()));
        for (Section section : checklist.sections()) {
            outline.titles().stream().filter(title -> name(title.words()).equals(name(section.name())))
                    .forEach(title -> lists.add(Optional.of(title)));
            if (!found.contains(section.name())) {
                outline.boxes().stream()
                        .filter(box -> box.label().map(Matching::name).equals(Optional.of(name(section.name()))))
                        .forEach(box -> lists.add(box.title()));
            }
        }
        return lists;
    }

    /** Matches boxes that have a criterion's words under another section. */
    private void matchElsewhere() {
        for (Criterion criterion : missing()) {
            outline.boxes().stream().filter(this::isFree).filter(box -> box.id().isEmpty())
                    .filter(box -> sameWords(box.words(), criterion)).findFirst().ifPresent(box -> {
                        match(box, criterion);
                        reportMoved(box, criterion);
                    });
        }
    }

    /** Matches criteria whose words stand in running text, without a box. */
    private void matchText() {
        for (Criterion criterion : missing()) {
            Predicate<TaskDocument.Prose> has = prose -> text(prose.words()).contains(text(criterion.words()));
            boolean mayBeText = outline.boxes().stream().noneMatch(box -> box.label().map(Matching::name)
                    .equals(Optional.of(name(criterion.section()))));
            Predicate<TaskDocument.Prose> isThere = prose -> mayBeText && prose.title().map(TaskDocument.Title::words)
                    .map(Matching::name).equals(Optional.of(name(criterion.section())));
            if (outline.prose().stream().anyMatch(has.and(isThere))) {
                withoutBox.add(criterion.id());
            } else if (!checklist.isFromDescription(criterion)) {
                outline.prose().stream().filter(has).findFirst().ifPresent(prose -> {
                    withoutBox.add(criterion.id());
                    differences.add(new Difference(prose.index() + 1, criterion.id() + " stands there without a box, or"
                            + " not where it belongs; make it \"- [ ] " + criterion.words() + "\" under \""
                            + criterion.section() + "\""));
                });
            }
        }
    }

    private void matchReworded(Set<Optional<TaskDocument.Title>> lists) {
        for (Criterion criterion : missing()) {
            Optional<TaskDocument.Box> box = outline.boxes().stream().filter(this::isFree)
                    .filter(free -> lists.contains(free.title()))
                    .filter(free -> free.id().isEmpty())
                    .filter(free -> isOf(criterion.section(), free))
                    .filter(free -> likeness(free.words(), criterion.words()) >= REWORDED)
                    .max(Comparator.comparingDouble(free -> likeness(free.words(), criterion.words())));
            Optional<TaskDocument.Prose> prose = outline.prose().stream()
                    .filter(there -> there.title().map(TaskDocument.Title::words).map(Matching::name)
                            .equals(Optional.of(name(criterion.section()))))
                    .filter(there -> likeness(there.words(), criterion.words()) >= REWORDED)
                    .max(Comparator.comparingDouble(there -> likeness(there.words(), criterion.words())));
            if (box.isPresent()) {
                match(box.get(), criterion);
                reportReworded(box.get().index(), box.get().words(), criterion);
            } else if (prose.isPresent()) {
                withoutBox.add(criterion.id());
                reportReworded(prose.get().index(), prose.get().words(), criterion);
            }
        }
    }

    private void findAdded(Optional<TaskDocument.Title> list) {
        for (TaskDocument.Box box : outline.boxes()) {
            boolean isAdded = isFree(box) || box.label().isPresent() && isEmptySection(box);
            if (box.title().equals(list) && isAdded) {
                withoutScenario.add(box);
            }
        }
    }

    /** Whether a box is a section of the user's own with nothing in it, which states a wish by itself. */
    private boolean isEmptySection(TaskDocument.Box box) {
        return checklist.sections().stream()
                .noneMatch(section -> name(section.name()).equals(name(box.label().orElseThrow())))
                && outline.boxes().stream()
                .noneMatch(inner -> inner.parent().filter(outer -> outer == box).isPresent());
    }

    /** Returns the words of a box in quotes, for a message. */
    static String quoted(TaskDocument.Box box) {
        return "\"" + box.words() + "\"";
    }

    private void reportMissing() {
        for (Criterion criterion : missing()) {
            if (!checklist.isFromDescription(criterion)) {
                int section = outline.boxes().stream()
                        .filter(box -> box.label().map(Matching::name).equals(Optional.of(name(criterion.section()))))
                        .map(box -> box.index() + 1).findFirst()
                        .or(() -> outline.titles().stream()
                                .filter(title -> name(title.words()).equals(name(criterion.section())))
                                .map(title -> title.index() + 1).findFirst())
                        .orElse(0);
                differences.add(new Difference(section, criterion.id() + " is removed: the features have \""
                        + criterion.words() + "\" under \"" + criterion.section() + "\""));
            }
        }
    }

    /** Reports a criterion that is nested in anything but its section's box. */
    private void reportNesting(TaskDocument.Box box) {
        box.parent().filter(parent -> parent.label().isEmpty()).ifPresent(parent -> report(box, criteria.get(box).id()
                + " is in the wrong place: beneath the box of line " + (parent.index() + 1) + "; the features have it"
                + " right under \"" + criteria.get(box).section() + "\""));
        box.sectionBox().flatMap(TaskDocument.Box::parent).ifPresent(outer -> report(box, criteria.get(box).id()
                + " is in the wrong place: its section is beneath the box of line " + (outer.index() + 1)));
    }

    private void match(TaskDocument.Box box, Criterion criterion) {
        byId.put(criterion.id(), box);
        criteria.put(box, criterion);
    }

    private List<Criterion> missing() {
        return checklist.criteria().stream().filter(criterion -> !byId.containsKey(criterion.id())
                && !withoutBox.contains(criterion.id())).toList();
    }

    private boolean isFree(TaskDocument.Box box) {
        return box.label().isEmpty() && !criteria.containsKey(box);
    }

    private void report(TaskDocument.Box box, String what) {
        differences.add(new Difference(box.index() + 1, what));
    }

    private void reportMoved(TaskDocument.Box box, Criterion criterion) {
        report(box, criterion.id() + " is moved: the task has it under \"" + box.section() + "\", the features under \""
                + criterion.section() + "\"");
    }

    private void reportReworded(int index, String words, Criterion criterion) {
        differences.add(new Difference(index + 1, criterion.id() + " is reworded: the task says \"" + words
                + "\", the features say \"" + criterion.words() + "\""));
    }

    private static boolean sameWords(String words, Criterion criterion) {
        return words.equals(TaskDocument.unnumbered(TaskDocument.words(criterion.words())));
    }

    /** Removes the marks of Markdown and the case, in which running text may differ. */
    private static String text(String words) {
        return TaskDocument.words(words).replaceAll("[*_`]", "").toLowerCase(Locale.ROOT);
    }

    private static double likeness(String one, String other) {
        Set<String> words = new HashSet<>(List.of(text(one).split("(?U)\\W+")));
        Set<String> others = new HashSet<>(List.of(text(other).split("(?U)\\W+")));
        Set<String> all = new HashSet<>(words);
        all.addAll(others);
        words.retainAll(others);
        return (double) words.size() / all.size();
    }
}
