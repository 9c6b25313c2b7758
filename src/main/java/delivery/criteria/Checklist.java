package delivery.criteria;

import delivery.failure.InvalidChecklist;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The criteria of a task, read from its Markdown file. A criterion is a box {@code - [ ] words <!-- ID -->}, ticked or
 * not; its section is the box {@code - [ ] **Section:**} in which it is nested, or else the heading above it. Boxes
 * without an id are refused, so that none is forgotten; all other text is ignored. The number that Backlog.md puts
 * before the words, {@code #3}, is not part of them.
 *
 * @param sections        in the task's order
 * @param fromDescription ids of the criteria that the task asks for only in its description
 */
public record Checklist(List<Section> sections, Set<String> fromDescription) {

    private static final Pattern HEADING = Pattern.compile("#{1,6}\\s+(.*?)\\s*#*");
    private static final Pattern BOX = Pattern.compile("(\\s*)[-*+]\\s+\\[[ xX]]\\s+(.*)");
    private static final Pattern SECTION = Pattern.compile("\\*\\*(.+?):?\\*\\*:?");
    private static final Pattern WITH_ID = Pattern.compile(
            "(?:#\\d+\\s+)?(.+?)\\s*<!--\\s*([A-Z]+-[A-Z0-9]+)(,\\s*from the description)?\\s*-->");

    public Checklist {
        sections = List.copyOf(sections);
        fromDescription = Set.copyOf(fromDescription);
    }

    /** @throws InvalidChecklist if the file cannot be read, has no criteria, or one with a missing or duplicate id */
    public static Checklist read(Path file) {
        try {
            return parse(file, Files.readAllLines(file));
        } catch (IOException unreadable) {
            throw new InvalidChecklist(
                    file, "cannot be read as a text in UTF-8; put the task's file there", unreadable);
        }
    }

    /** The criteria of all sections, in the task's order. */
    public List<Criterion> criteria() {
        return sections.stream().flatMap(section -> section.criteria().stream()).toList();
    }

    public Optional<Criterion> criterion(String id) {
        return criteria().stream().filter(criterion -> criterion.id().equals(id)).findFirst();
    }

    /**
     * Whether the task asks for a criterion only in its description: its comment here is
     * {@code <!-- ID, from the description -->}, and the task's own list has no box for it.
     */
    public boolean isFromDescription(Criterion criterion) {
        return fromDescription.contains(criterion.id());
    }

    /**
     * Whether it must be met before anything else is proved, because it is in the task's section Blockers. If such a
     * criterion is not met, only these report it, and the other criteria are not run.
     */
    public boolean isBlocker(Criterion criterion) {
        return criterion.section().equalsIgnoreCase("Blockers");
    }

    /** The criteria that ask for a Session History of the actions: those in the task's section Documentation. */
    public List<Criterion> documentation() {
        return criteria().stream().filter(criterion -> criterion.section().equalsIgnoreCase("Documentation")).toList();
    }

    private static Checklist parse(Path file, List<String> lines) {
        Map<String, List<Criterion>> sections = new LinkedHashMap<>();
        Map<String, Integer> lineOfId = new LinkedHashMap<>();
        Set<String> fromDescription = new HashSet<>();
        String heading = "";
        Optional<String> nestedIn = Optional.empty();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1);
            Matcher title = HEADING.matcher(line);
            Matcher box = BOX.matcher(line);
            if (title.matches()) {
                heading = title.group(1);
                nestedIn = Optional.empty();
            } else if (box.matches()) {
                String text = box.group(2).strip();
                boolean nested = !box.group(1).isEmpty();
                Matcher section = SECTION.matcher(text);
                if (!nested) {
                    nestedIn = section.matches() ? Optional.of(section.group(1)) : Optional.empty();
                }
                if (nested || !section.matches()) {
                    Matcher withId = withId(file, number, text);
                    Criterion criterion = new Criterion(withId.group(2), nestedIn.orElse(heading), withId.group(1));
                    if (withId.group(3) != null) {
                        fromDescription.add(criterion.id());
                    }
                    Integer earlier = lineOfId.putIfAbsent(criterion.id(), number);
                    if (earlier != null) {
                        throw new InvalidChecklist(file, number, "the id " + criterion.id()
                                + " is that of line " + earlier + " already; give this box one of its own");
                    }
                    sections.computeIfAbsent(criterion.section(), name -> new ArrayList<>()).add(criterion);
                }
            }
        }
        if (sections.isEmpty()) {
            throw new InvalidChecklist(file, "has no box \"- [ ] words <!-- ID -->\"; nothing would be proved");
        }
        return new Checklist(sections.entrySet().stream()
                .map(section -> new Section(section.getKey(), section.getValue()))
                .toList(), fromDescription);
    }

    private static Matcher withId(Path file, int number, String text) {
        Matcher withId = WITH_ID.matcher(text);
        if (!withId.matches()) {
            throw new InvalidChecklist(file, number,
                    "this box has no id; end the line with one such as <!-- BG-1 -->, in capital letters");
        }
        return withId;
    }
}
