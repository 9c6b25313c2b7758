package delivery.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A file with one JSON value per line that removes secrets from every text. If it cannot be written, that is reported
 * once and nothing fails, because a criterion is being proved at that time.
 */
final class RedactedLines extends OutputStream {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final UnaryOperator<String> redaction;
    private final Consumer<IOException> unwritable;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private OutputStream written;
    private boolean failed;

    RedactedLines(Path file, UnaryOperator<String> redaction, Consumer<IOException> unwritable) {
        this.file = file;
        this.redaction = redaction;
        this.unwritable = unwritable;
    }

    @Override
    public synchronized void write(int oneByte) {
        if (oneByte == '\n') {
            end();
        } else {
            line.write(oneByte);
        }
    }

    private void end() {
        byte[] text = line.toByteArray();
        line.reset();
        if (failed || text.length == 0) {
            return;
        }
        try {
            if (written == null) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                written = Files.newOutputStream(file);
            }
            written.write(JSON.writeValueAsBytes(redacted(JSON.readTree(text))));
            written.write('\n');
        } catch (IOException e) {
            failed = true;
            unwritable.accept(new IOException(file + " could not be written: " + e, e));
        }
    }

    private JsonNode redacted(JsonNode value) {
        if (value.isTextual()) {
            return TextNode.valueOf(redaction.apply(value.textValue()));
        }
        if (value instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(redacted(field.getValue())));
        } else if (value instanceof ArrayNode array) {
            for (int index = 0; index < array.size(); index++) {
                array.set(index, redacted(array.get(index)));
            }
        }
        return value;
    }

    @Override
    public synchronized void close() {
        end();
        if (written != null) {
            try {
                written.close();
            } catch (IOException e) {
                unwritable.accept(new IOException(file + " could not be written: " + e, e));
            }
        }
    }
}
