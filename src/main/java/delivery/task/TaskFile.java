package delivery.task;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import delivery.criteria.Checklist;
import delivery.criteria.Result;
import delivery.criteria.Summary;
import delivery.failure.InvalidTask;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The user's own file of the task. It is ticked where a run proved a criterion, and its Session History gets the run.
 * Everything else in it stays the same, byte for byte.
 *
 * @param checklist the criteria that the features prove
 * @param dryRun    whether changes are only shown
 */
public record TaskFile(Path file, Checklist checklist, boolean dryRun) {

    private static final int CONTEXT = 3;

    /**
     * Checks that a run can be written to the file.
     *
     * @throws InvalidTask if the file cannot be read or written, or lacks criteria of the checklist
     */
    public void check() {
        Summary trial = new Summary(checklist.criteria().stream().map(criterion ->
                new Summary.Line(criterion, true, Result.notMet("Only a trial.", Duration.ZERO))).toList(), Set.of());
        update(text(bytes()), new TaskRun("trial", Instant.EPOCH, Instant.EPOCH, "", file, trial, List.of(),
                UnaryOperator.identity()));
        if (!dryRun) {
            requireWritable();
        }
    }

    /** Returns the file's criteria that no scenario proves, in quotes; throws InvalidTask if it cannot be read. */
    public List<String> withoutScenario() {
        return new Matching(new TaskDocument(text(bytes())), checklist).withoutScenario().stream().map(Matching::quoted)
                .toList();
    }

    /**
     * Updates the file, all at once or not at all; or shows the changes.
     *
     * @return what was done, in one sentence; or the changes, in the format of {@code patch}
     * @throws InvalidTask if the file cannot be read or written, or lacks criteria of the checklist; the file is then
     *     unchanged
     */
    public String record(TaskRun run) {
        while (true) {
            byte[] before = bytes();
            TaskUpdate update = update(text(before), run);
            byte[] after = update.text().getBytes(StandardCharsets.UTF_8);
            String sentence = file + ": " + update.sentence();
            if (dryRun) {
                return "TASK_DRY_RUN, nothing is written. It would be " + sentence + "\n"
                        + diff(file.toString(), text(before), update.text());
            }
            // An edit that a person saved in the meantime is read again, not overwritten.
            if (Arrays.equals(before, after) || replaced(before, after)) {
                return "TASK: " + sentence;
            }
        }
    }

    private TaskUpdate update(String text, TaskRun run) {
        return new TaskUpdate(file, text, checklist, run, link(run.report()));
    }

    private byte[] bytes() {
        if (!Files.isRegularFile(file)) {
            throw new InvalidTask(file, (Files.exists(file) ? "is not a file" : "is not there")
                    + "; name the Markdown file of the task");
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new InvalidTask(file, "cannot be read; see to its mode and its owner", unreadable);
        }
    }

    private String text(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException otherEncoding) {
            throw new InvalidTask(file, "is not a text in UTF-8; save it in that encoding", otherEncoding);
        }
        if (text.isBlank()) {
            throw new InvalidTask(file, "is empty; name the Markdown file of the task");
        }
        return text;
    }

    private void requireWritable() {
        Path folder = target().getParent();
        if (!Files.isWritable(target()) || isReadOnly(target())) {
            throw new InvalidTask(file, "is read-only; make it writable, or set TASK_DRY_RUN=true to see what would be"
                    + " changed");
        }
        if (!Files.isWritable(folder)) {
            throw new InvalidTask(file, "is in a folder that cannot be written to: it is replaced as a whole, by a file"
                    + " made beside it. Make " + folder + " writable, or set TASK_DRY_RUN=true to see what would be"
                    + " changed");
        }
    }

    /** Whether its mode forbids writing: root could write any file, but a read-only one is meant to stay as it is. */
    private static boolean isReadOnly(Path file) {
        try {
            return !Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_WRITE);
        } catch (IOException | UnsupportedOperationException noModes) {
            return false;
        }
    }

    /** Returns the target of a symbolic link, or the file itself. */
    private Path target() {
        try {
            return file.toRealPath();
        } catch (IOException gone) {
            throw new InvalidTask(file, "is not there; name the Markdown file of the task", gone);
        }
    }

    /** @return false, with nothing changed, if the file is no longer what it was */
    private boolean replaced(byte[] before, byte[] after) {
        requireWritable();
        Path target = target();
        try {
            Path temporary = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".new");
            try {
                // Keeps the mode and, where possible, the owner.
                Files.copy(target, temporary, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                Files.write(temporary, after, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.SYNC);
                if (!Arrays.equals(before, Files.readAllBytes(target))) {
                    return false;
                }
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
                return true;
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException unwritable) {
            throw new InvalidTask(file, "cannot be written: " + unwritable.getMessage(), unwritable);
        }
    }

    /** Returns a link relative to the file's folder, so that both may move together. */
    private String link(Path report) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        Path absolute = report.toAbsolutePath().normalize();
        boolean together = folder.getRoot().equals(absolute.getRoot());
        StringBuilder address = new StringBuilder();
        if (together) {
            folder.relativize(absolute).forEach(part ->
                    address.append(address.isEmpty() ? "" : "/").append(encoded(part.toString())));
        } else {
            address.append(absolute.toUri().toASCIIString());
        }
        return "[" + Plain.escaped(report.getFileName().toString()) + "](<" + address + ">)";
    }

    private static String encoded(String part) {
        try {
            return new URI(null, null, "/" + part, null).toASCIIString().substring(1);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(part, impossible);
        }
    }

    /** Returns the changes in the format of {@code patch}; empty if there are none. */
    static String diff(String name, String before, String after) {
        List<String> old = lines(before);
        return String.join("\n", UnifiedDiffUtils.generateUnifiedDiff(name, name, old,
                DiffUtils.diff(old, lines(after)), CONTEXT));
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        String last = lines.remove(lines.size() - 1);
        if (!last.isEmpty()) {
            lines.add(last + "\n\\ No newline at end of file");
        }
        return lines;
    }
}
