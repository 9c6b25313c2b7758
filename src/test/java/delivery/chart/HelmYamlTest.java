package delivery.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.failure.EnvironmentNotFit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HelmYamlTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Returns one line for each document, with the JSON that sigs.k8s.io/yaml 1.6.0 with go-yaml 2.4.3 makes of it,
     * which Helm 3.22 uses. A document that Helm 3 and Helm 4 read differently is refused.
     */
    static List<String> documents() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/values/as-helm.jsonl"));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void aDocumentIsWhatHelmMakesOfIt(String line) throws IOException {
        JsonNode document = JSON.readTree(line).get(0);
        JsonNode expected = JSON.readTree(line).get(1);

        if (expected.asText().equals("refused")) {
            assertThatExceptionOfType(EnvironmentNotFit.class)
                    .isThrownBy(() -> Values.parse("values.yaml", document.asText()))
                    .withMessageStartingWith("values.yaml, line ");
            return;
        }
        JsonNode read = JSON.readTree(JSON.writeValueAsBytes(Values.parse("values.yaml", document.asText()).all()));
        assertThat(read).isEqualTo(expected.isNull() ? JSON.createObjectNode() : expected);
    }

    @Test
    void defaultsThatAreMergedInAreFoundByTheirPath() {
        Values values = Values.parse("values.yaml", """
                imageDefaults: &imageDefaults
                  repository: ghcr.io/sample-team/sample-api
                  pullPolicy: IfNotPresent
                image:
                  <<: *imageDefaults
                  tag: 1.0.0
                autoscaling:
                  enabled: yes
                replicas: 3
                replicas: 2
                """);

        assertThat(values.find("image.repository")).contains("ghcr.io/sample-team/sample-api");
        assertThat(values.find("image.tag")).contains("1.0.0");
        assertThat(values.find("autoscaling.enabled")).contains("true");
        assertThat(values.find("replicas")).contains("2");
    }

    @Test
    void aNumberIsTheTextThatHelmPutsIntoATemplate() {
        Values values = Values.parse("values.yaml", "a: 1.10\nb: 1.0\nc: 0777\nd: '1.10'\ne: 0.0001\nf: 1_000\n");

        assertThat(Stream.of("a", "b", "c", "d", "e", "f").map(name -> values.find(name).orElseThrow()))
                .containsExactly("1.1", "1", "511", "1.10", "0.0001", "1000");
    }

    @Test
    void aLongChainOfMergesIsRead() {
        StringBuilder chain = new StringBuilder("a0: &a0 {x: 1}\n");
        for (int depth = 1; depth < 100; depth++) {
            chain.append("a%d: &a%d {<<: *a%d, k%d: 1}%n".formatted(depth, depth, depth - 1, depth));
        }
        assertThat(Values.parse("values.yaml", chain.toString()).find("a99.x")).contains("1");

        assertThatExceptionOfType(EnvironmentNotFit.class)
                .isThrownBy(() -> Values.parse("values.yaml", "a: &a\n  <<: *a\n"))
                .withMessageContaining("contains itself");
    }

    @Test
    void manyAliasesAreFineAndABombIsRefused() {
        StringBuilder many = new StringBuilder("a: &a {x: 1}\n");
        for (int number = 0; number < 500; number++) {
            many.append("b").append(number).append(": *a\n");
        }
        assertThat(Values.parse("values.yaml", many.toString()).find("b499.x")).contains("1");

        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int depth = 1; depth < 12; depth++) {
            String below = "*a" + (depth - 1);
            bomb.append("a").append(depth).append(": &a").append(depth).append(" [")
                    .append(String.join(", ", List.of(below, below, below, below, below, below))).append("]\n");
        }
        assertThatExceptionOfType(EnvironmentNotFit.class)
                .isThrownBy(() -> Values.parse("values.yaml", bomb.toString()))
                .withMessageContaining("too many aliases");
    }
}
