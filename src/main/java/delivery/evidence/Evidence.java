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
import delivery.picture.Picture;
import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.model.Attachment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Attaches observations to the report, at the step that runs on the calling thread, because Allure drops attachments
 * from other threads. Every text is redacted.
 */
public final class Evidence {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule().addSerializer(new OptionalValue()))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();

    /** A place in the report that keeps texts. */
    private interface Place {
        void keep(String name, String type, String extension, String text);
    }

    private final UnaryOperator<String> redaction;
    private final Place place;

    public Evidence(UnaryOperator<String> redaction) {
        this(redaction, (name, type, extension, text) -> Allure.addAttachment(name, type, text, extension));
    }

    private Evidence(UnaryOperator<String> redaction, Place place) {
        this.redaction = redaction;
        this.place = place;
    }

    /**
     * Returns evidence that is attached to the calling thread's case rather than to one of its steps: a hook's own
     * attachments stand apart, where few people look. It can be used on any thread until the case is written.
     */
    public Evidence ofTheCase() {
        AllureLifecycle lifecycle = Allure.getLifecycle();
        return lifecycle.getCurrentTestCase().map(uuid -> new Evidence(redaction, (name, type, extension, text) -> {
            String source = UUID.randomUUID() + "-attachment" + extension;
            lifecycle.writeAttachment(source, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            lifecycle.updateTestCase(uuid, test -> test.getAttachments()
                    .add(new Attachment().setName(name).setType(type).setSource(source)));
        })).orElse(this);
    }

    /** Attaches a text unchanged, except for secrets. */
    public void attach(String name, String text) {
        attach(name, "text/plain", ".txt", text);
    }

    /** @throws IllegalArgumentException if the value cannot be written as JSON */
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

    /** Attaches a picture, or the reason why there is none. */
    public void picture(String name, Picture picture) {
        picture.svg().ifPresentOrElse(svg -> attach(name, "image/svg+xml", ".svg", svg),
                () -> attach(name, picture.words()));
    }

    private void attach(String name, String type, String extension, String text) {
        place.keep(redaction.apply(name), type, extension, redaction.apply(text));
    }

    /** Formats a line as in RFC 4180. */
    private static String line(List<String> cells) {
        return cells.stream()
                .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(",", "", "\r\n"));
    }

    /** Writes the value of an optional, or null. */
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
