package delivery.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.evidence.Redaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedactedLinesTest {

    @TempDir
    Path folder;

    private final List<IOException> reported = new ArrayList<>();

    @Test
    void secretsAreTakenOutOfEveryTextAndTheLinesStayJson() throws IOException {
        Path file = folder.resolve("reports/messages.ndjson");
        write(file, """
                {"a":{"message":"token=abc\\" and more","n":1.5},"list":["Bearer abcdefgh123",true,null]}
                {"b":"plain ü"}
                """);

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2).last().isEqualTo("{\"b\":\"plain ü\"}");
        assertThat(lines.get(0)).doesNotContain("abc").contains("1.5", "true", "null");
        assertThat(new ObjectMapper().readTree(lines.get(0)).at("/list/0").asText()).isEqualTo("Bearer (redacted)");
        assertThat(reported).isEmpty();
    }

    @Test
    void aFileThatCannotBeWrittenIsReportedOnceAndFailsNothing() throws IOException {
        Path file = Files.createDirectories(folder.resolve("messages.ndjson"));
        write(file, "{\"a\":1}\n{\"b\":2}\n");

        assertThat(reported).singleElement()
                .satisfies(why -> assertThat(why).hasMessageContaining("messages.ndjson could not be"));
    }

    private void write(Path file, String text) throws IOException {
        try (RedactedLines lines = new RedactedLines(file, new Redaction(List.of()), reported::add)) {
            lines.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
