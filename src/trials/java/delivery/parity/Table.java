package delivery.parity;

import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import delivery.text.Ellipsis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A table that shows the calls of both side by side. */
final class Table {

    private static final int LONGEST_BODY = 100;
    private static final JsonMapper JSON = JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    private final List<String> rows = new ArrayList<>();

    void add(Command command, List<Call> plugin, List<Call> suite) throws IOException {
        for (int i = 0; i < Math.max(Math.max(plugin.size(), suite.size()), 1); i++) {
            rows.add("| " + (i == 0 ? "`" + command.words() + "` | " + command.state() : " |") + " | " + cell(plugin, i)
                    + " | " + cell(suite, i) + " | " + (i == 0 ? plugin.equals(suite) ? "yes" : "**NO**" : "") + " |");
        }
    }

    private static String cell(List<Call> calls, int index) throws IOException {
        if (calls.isEmpty() && index == 0) {
            return "no call";
        }
        if (index >= calls.size()) {
            return "";
        }
        Call call = calls.get(index);
        String body = JSON.writeValueAsString(call.body());
        return "`" + call.method() + " " + call.path() + (call.query().isEmpty() ? "" : "?" + call.query()) + "` `"
                + call.contentType() + "` `"
                + Ellipsis.to(LONGEST_BODY, body) + "`";
    }

    String write(Path file, String version) throws IOException {
        String text = "Audited by the API server, the plugin " + version + ". `…` is "
                + "`/apis/argoproj.io/v1alpha1/namespaces/NAMESPACE`. Members of "
                + "bodies are sorted, long bodies are cut; they are compared whole.\n\n"
                + "| command | state | the plugin | the suite | same |\n|---|---|---|---|---|\n"
                + String.join("\n", rows) + "\n";
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return text;
    }
}
