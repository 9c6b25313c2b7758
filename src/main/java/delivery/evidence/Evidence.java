package delivery.evidence;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.qameta.allure.Allure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Puts what was seen into the report, beside the step that runs on the calling thread: Allure drops what another thread
 * hands it. Every text passes the redaction.
 */
public final class Evidence {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule().addSerializer(new OptionalValue()))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();

    private final UnaryOperator<String> redaction;

    public Evidence(UnaryOperator<String> redaction) {
        this.redaction = redaction;
    }

    /** Attaches a text as it is, but for secrets. */
    public void attach(String name, String text) {
        attach(name, "text/plain", ".txt", text);
    }

    /**
     * Attaches a value as JSON: records, maps, lists, times.
     *
     * @throws IllegalArgumentException if the value cannot be written as JSON
     */
    public void json(String name, Object value) {
        try {
            attach(name, "application/json", ".json", JSON.writeValueAsString(value));
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException(
                    "the evidence \"" + name + "\" cannot be written as JSON: " + value.getClass().getName(),
                    unwritable);
        }
    }

    /** Attaches rows that the report shows as a table. Each row has as many cells as the header. */
    public void table(String name, List<String> header, List<List<String>> rows) {
        StringBuilder csv = new StringBuilder(line(header));
        for (List<String> row : rows) {
            if (row.size() != header.size()) {
                throw new IllegalArgumentException(
                        "a row of the table \"" + name + "\" has " + row.size() + " cells, not " + header.size());
            }
            csv.append(line(row));
        }
        attach(name, "text/csv", ".csv", csv.toString());
    }

    /** Runs an action as a step of its own in the report. What it throws is thrown. */
    public void step(String name, Runnable action) {
        Allure.step(redaction.apply(name), action::run);
    }

    private void attach(String name, String type, String extension, String text) {
        Allure.addAttachment(redaction.apply(name), type, redaction.apply(text), extension);
    }

    /** As RFC 4180 has it. */
    private static String line(List<String> cells) {
        return cells.stream()
                .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(",", "", "\r\n"));
    }

    /** What is in it, or null. */
    private static final class OptionalValue extends JsonSerializer<Optional<?>> {

        @Override
        @SuppressWarnings("unchecked")
        public Class<Optional<?>> handledType() {
            return (Class<Optional<?>>) (Class<?>) Optional.class;
        }

        @Override
        public void serialize(Optional<?> value, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (value.isPresent()) {
                provider.defaultSerializeValue(value.get(), json);
            } else {
                provider.defaultSerializeNull(json);
            }
        }
    }
}
