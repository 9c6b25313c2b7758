package delivery.task;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Document;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * The boxes, headings and running text of a task's file as its rendered form shows them: without fenced code, comments,
 * and lines that earlier runs wrote.
 */
final class TaskDocument {

    private static final Parser MARKDOWN = Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS).build();

    /** A task list item (GitHub Flavored Markdown, section 5.3). */
    private static final Pattern BOX = Pattern.compile("\\[([ xX])\\]\\s+(?=\\S)");
    /** The number that Backlog.md gives each box of a list. */
    private static final Pattern NUMBER = Pattern.compile("#\\d+\\s+(?=\\S)");
    private static final Pattern LABEL = Pattern.compile("(\\*\\*|__)((?:(?!\\1).)+?):?\\1:?");
    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->");
    private static final Pattern ID = Pattern.compile("<!--\\s*([A-Z]+-[A-Z0-9]+)\\s*(?:,[^>]*)?-->");

    private final String text;
    private final Lines lines;
    private final FrontMatter frontMatter;
    private final List<Title> titles = new ArrayList<>();
    private final List<Box> boxes = new ArrayList<>();
    private final List<Prose> prose = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final Map<String, List<Integer>> reasons = new LinkedHashMap<>();
    private Optional<Title> title = Optional.empty();
    /** Whether the parser is between the first and the last line that earlier runs wrote. */
    private boolean written;

    /**
     * A heading.
     *
     * @param first index of its first line
     * @param index index of its last line
     */
    record Title(int first, int index, int level, String words) {
    }

    /**
     * A box, ticked or not.
     *
     * @param index   index of its line
     * @param mark    offset of the character between the brackets
     * @param words   its Markdown in one line, without comments and the number at the beginning
     * @param id      id that a comment gives it
     * @param parent  the box that it is nested in
     * @param below   place for a line beneath it
     * @param reasons lines that an earlier run put beneath it, by the criterion's id
     */
    record Box(int index, int mark, boolean ticked, String words, Optional<String> id, Optional<Title> title,
            Optional<Box> parent, Place below, Map<String, Integer> reasons) {

        /** Returns the section's name if this is the box of a section: {@code - [ ] **Name:**}. */
        Optional<String> label() {
            Matcher label = LABEL.matcher(words);
            return label.matches() && id.isEmpty() ? Optional.of(label.group(2)) : Optional.empty();
        }

        /** Returns the name of its section: that of the box it is nested in, or else the heading. */
        String section() {
            return sectionBox().flatMap(Box::label).or(() -> title.map(Title::words)).orElse("");
        }

        Optional<Box> sectionBox() {
            return parent.flatMap(outer -> outer.label().isPresent() ? parent : outer.sectionBox());
        }
    }

    /**
     * The place where a list item can be added as the first of those nested in another.
     *
     * @param after  index of the line that it follows
     * @param prefix beginning of the new line: the indentation and the bullet
     */
    record Place(int after, String prefix) {
    }

    /** Running text that has no box. */
    record Prose(int index, String words, Optional<Title> title) {
    }

    /** A comment on a line of its own that an earlier run wrote. */
    record Mark(int index, String comment) {
    }

    TaskDocument(String text) {
        this.text = text;
        this.lines = new Lines(text);
        this.frontMatter = new FrontMatter(text, lines);
        visit(MARKDOWN.parse(text.substring(frontMatter.length())), Optional.empty());
    }

    Lines lines() {
        return lines;
    }

    FrontMatter frontMatter() {
        return frontMatter;
    }

    List<Title> titles() {
        return titles;
    }

    List<Box> boxes() {
        return boxes;
    }

    List<Prose> prose() {
        return prose;
    }

    List<Mark> marks() {
        return marks;
    }

    /** Returns the indexes of all lines that give a criterion's reason, wherever a person moved or copied them. */
    List<Integer> reasons(String criterion) {
        return reasons.getOrDefault(criterion, List.of());
    }

    /** Normalizes words for comparison: white space becomes one blank, and equivalent characters get one encoding. */
    static String words(String markdown) {
        return Normalizer.normalize(COMMENT.matcher(markdown).replaceAll(" ").strip().replaceAll("\\s+", " "),
                Normalizer.Form.NFC);
    }

    /** Returns the words without the number that Backlog.md puts at the beginning of a box: {@code #3 }. */
    static String unnumbered(String words) {
        Matcher number = NUMBER.matcher(words);
        return number.lookingAt() ? words.substring(number.end()) : words;
    }

    private void visit(Node parent, Optional<Box> outer) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof HtmlBlock html && parent instanceof Document
                    && html.getLiteral().strip().startsWith(HistoryBlock.MARK)) {
                Mark mark = new Mark(first(html), html.getLiteral().strip());
                marks.add(mark);
                written = HistoryBlock.isBegin(mark) || written && !HistoryBlock.isEnd(mark);
            } else if (!written) {
                visit(node, parent, outer);
            }
        }
    }

    private void visit(Node node, Node parent, Optional<Box> outer) {
        if (node instanceof Heading heading) {
            if (parent instanceof Document) {
                title = Optional.of(new Title(first(heading), last(heading), heading.getLevel(), title(heading)));
                titles.add(title.get());
            }
        } else if (node instanceof ListItem item && item.getFirstChild() instanceof Paragraph paragraph) {
            Optional<Box> box = box(item, paragraph, outer);
            reasonOf(paragraph).ifPresentOrElse(
                    id -> reasons.computeIfAbsent(id, unused -> new ArrayList<>()).add(first(paragraph)),
                    () -> box.ifPresentOrElse(boxes::add, () -> prose(paragraph)));
            for (Node inner = paragraph.getNext(); inner != null; inner = inner.getNext()) {
                visit(inner, item, box.or(() -> outer));
            }
        } else if (node instanceof Paragraph paragraph) {
            prose(paragraph);
        } else if (node instanceof ListBlock || node instanceof ListItem || node instanceof BlockQuote) {
            visit(node, outer);
        }
    }

    private Optional<Box> box(ListItem item, Paragraph paragraph, Optional<Box> outer) {
        String source = source(paragraph);
        Matcher box = BOX.matcher(source);
        if (!box.lookingAt()) {
            return Optional.empty();
        }
        String words = source.substring(box.end());
        Matcher id = ID.matcher(words);
        Optional<String> found = Optional.empty();
        while (id.find()) {
            found = Optional.of(id.group(1));
        }
        return Optional.of(new Box(first(paragraph), start(paragraph) + box.start(1), !box.group(1).equals(" "),
                unnumbered(words(words)), found, title, outer, below(item, paragraph), reasons(item)));
    }

    private void prose(Paragraph paragraph) {
        prose.add(new Prose(first(paragraph), words(source(paragraph)), title));
    }

    /** Returns the place of a new item among those that are nested there already, or else of the first one. */
    private Place below(ListItem item, Paragraph paragraph) {
        Node next = paragraph.getNext();
        int index = first(item);
        // The position of a list item may be before its bullet.
        int bullet = start(item) - lines.get(index).start();
        while (Character.isWhitespace(lines.content(index).charAt(bullet))) {
            bullet++;
        }
        String indentation = lines.content(index).substring(0, bullet).replaceAll("[^\\s>]", " ")
                + " ".repeat(item.getContentIndent() - item.getMarkerIndent());
        String marker = item.getParent() instanceof BulletList list ? list.getMarker() : "-";
        if (next != null && first(next) == last(paragraph) + 1) {
            String line = lines.content(first(next));
            String own = line.substring(0, line.length() - line.stripLeading().length());
            // Inside a block quote its marks belong to the indentation.
            indentation = line.startsWith(">") ? indentation : own;
        }
        if (next instanceof BulletList list) {
            marker = list.getMarker();
        }
        return new Place(last(paragraph), indentation + marker + " ");
    }

    private Map<String, Integer> reasons(ListItem item) {
        Map<String, Integer> reasons = new LinkedHashMap<>();
        for (Node child = item.getFirstChild(); child != null; child = child.getNext()) {
            if (child instanceof ListBlock) {
                for (Node inner = child.getFirstChild(); inner != null; inner = inner.getNext()) {
                    if (inner.getFirstChild() instanceof Paragraph paragraph) {
                        reasonOf(paragraph).ifPresent(id -> reasons.putIfAbsent(id, first(paragraph)));
                    }
                }
            }
        }
        return reasons;
    }

    /** Returns the id of the criterion whose reason the paragraph is; empty if a person wrote it. */
    private Optional<String> reasonOf(Paragraph paragraph) {
        return first(paragraph) == last(paragraph) ? Reason.idIn(source(paragraph)) : Optional.empty();
    }

    private String title(Heading heading) {
        String line = source(heading);
        return words(line.replaceFirst("^\\s*#{1,6}\\s+", "").replaceFirst("\\s+#+\\s*$", "")
                .replaceFirst("\\s*[\\r\\n]\\s*(=+|-+)\\s*$", ""));
    }

    private String source(Node node) {
        StringBuilder source = new StringBuilder();
        for (SourceSpan span : node.getSourceSpans()) {
            int start = frontMatter.length() + span.getInputIndex();
            source.append(source.isEmpty() ? "" : "\n").append(text, start, start + span.getLength());
        }
        return source.toString();
    }

    private int start(Node node) {
        return frontMatter.length() + node.getSourceSpans().get(0).getInputIndex();
    }

    private int first(Node node) {
        return frontMatter.lineCount() + node.getSourceSpans().get(0).getLineIndex();
    }

    private int last(Node node) {
        return frontMatter.lineCount() + node.getSourceSpans().get(node.getSourceSpans().size() - 1).getLineIndex();
    }
}
