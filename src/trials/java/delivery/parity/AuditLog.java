package delivery.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.waiting.Expectation;
import delivery.waiting.Feed;
import delivery.waiting.Listeners;
import delivery.waiting.Outcome;
import delivery.waiting.Subscription;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The API server's audit events of writes to Rollouts, by audit id, read as they are written. */
final class AuditLog implements Feed<Map<String, JsonNode>>, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Map<String, JsonNode> events = new ConcurrentHashMap<>();
    private final Listeners listeners = new Listeners();
    private volatile String end = "";

    AuditLog(Path launcher) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "logs", "audit").redirectErrorStream(true);
        builder.environment().put("FOLLOW", "1");
        process = builder.start();
        Thread reader = new Thread(this::read, "audit-log");
        reader.setDaemon(true);
        reader.start();
    }

    /** Waits for the event with this audit id. */
    static Expectation<Map<String, JsonNode>, JsonNode> has(String id, String call) {
        return Expectation.of("the API server has audited " + call, events -> events.containsKey(id)
                ? Outcome.met(events.get(id)) : Outcome.notYet(events.size() + " other events"));
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("{")) {
                    JsonNode event = JSON.readTree(line);
                    events.put(event.path("auditID").asText(), event);
                    listeners.changed();
                }
            }
            end = "the log came to its end";
        } catch (IOException | UncheckedIOException broken) {
            end = broken.toString();
        }
        listeners.changed();
    }

    @Override
    public Map<String, JsonNode> lastKnown() {
        if (!end.isEmpty()) {
            throw new IllegalStateException("The audit log can't be followed any more: " + end);
        }
        return events;
    }

    @Override
    public Subscription onChange(Runnable listener) {
        return listeners.add(listener);
    }

    @Override
    public String whereToLook() {
        return "make lab-logs C=audit";
    }

    @Override
    public void close() {
        process.destroy();
    }
}
