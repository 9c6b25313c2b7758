package delivery.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The report's history of earlier runs, kept in a folder of the user's: the trend of the last 20 runs and the last
 * verdicts of each criterion, in Allure's own files. A run of only some criteria extends the history of those but not
 * the trend, which would dip with every such run.
 *
 * @param folder created when it is first written to
 */
public record ReportHistory(Path folder) {

    /** The file with the history of each criterion. */
    private static final String OF_EACH = "history.json";
    private static final String TREND = "history-trend.json";
    private static final List<String> FILES = List.of(OF_EACH, TREND, "duration-trend.json", "categories-trend.json",
            "retry-trend.json");
    /** The form in which a single-file report embeds the data that Allure would have written next to it. */
    private static final Pattern IN_REPORT = Pattern.compile("d\\('history/([a-z-]+\\.json)','([A-Za-z0-9+/=]*)'\\)");

    /**
     * Puts the history of earlier runs next to the results, for the renderer.
     *
     * @return number of the last run in the trend; 0 if there is none
     * @throws IOException if it cannot be read; nothing was put there, and the message explains what to do
     */
    public long lend(Path results) throws IOException {
        List<Path> found = new ArrayList<>();
        long last = 0;
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException("HISTORY names " + folder + ", which is not a folder; name another");
        }
        for (String name : FILES) {
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                JsonNode content = read(file, name.equals(OF_EACH));
                found.add(file);
                if (name.equals(TREND)) {
                    last = content.path(0).path("buildOrder").asLong(0);
                }
            }
        }
        Files.createDirectories(results.resolve("history"));
        for (Path file : found) {
            Files.copy(file, results.resolve("history").resolve(file.getFileName()),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        return last;
    }

    private static JsonNode read(Path file, boolean isObject) throws IOException {
        String broken = "the history in " + file + " is not a history of Allure's; remove it to begin a new one";
        try {
            JsonNode content = new ObjectMapper().readTree(Files.readString(file));
            if (isObject ? !content.isObject() : !content.isArray()) {
                throw new IOException(broken);
            }
            return content;
        } catch (JsonProcessingException notJson) {
            throw new IOException(broken, notJson);
        } catch (IOException unreadable) {
            throw unreadable.getMessage().equals(broken) ? unreadable
                    : new IOException("the history in " + file + " cannot be read: " + unreadable, unreadable);
        }
    }

    /**
     * Keeps the history that a report has of all runs up to this one. Each file is replaced atomically.
     *
     * @param everything whether every criterion of the task was to be proved
     * @throws IOException if the folder cannot be written, or the report has no history
     */
    public void keep(Path html, boolean everything) throws IOException {
        Matcher held = IN_REPORT.matcher(Files.readString(html));
        boolean any = false;
        while (held.find()) {
            any = true;
            if (everything || held.group(1).equals(OF_EACH)) {
                write(held.group(1), Base64.getDecoder().decode(held.group(2)));
            }
        }
        if (!any) {
            throw new IOException("the report " + html + " holds no history to keep");
        }
    }

    private void write(String name, byte[] content) throws IOException {
        Path part = folder.resolve(name + "." + ProcessHandle.current().pid() + ".part");
        try {
            Files.createDirectories(folder);
            Files.write(part, content);
            Files.move(part, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new IOException("the history in " + folder + " cannot be written, this run is not in it: "
                    + unwritable, unwritable);
        }
    }
}
