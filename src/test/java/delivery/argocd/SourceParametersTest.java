package delivery.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The parts of a source that can be changed by name, and the request that changes them. */
class SourceParametersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode KUSTOMIZE = json("{\"path\": \"overlays/a\", \"kustomize\": {\"images\":"
            + " [\"poll=ghcr.io/team/poll:1\", \"redis:7\"]}}");

    @Test
    void kustomizeHasImagesByTheNameThatTheyReplaceAndItsFolder() {
        assertThat(SourceParameters.of(KUSTOMIZE)).isEqualTo(Map.of("kustomize.images[poll]", "ghcr.io/team/poll:1",
                "kustomize.images[redis]", "redis:7", "source.path", "overlays/a"));
        assertThat(SourceParameters.of(json("{\"path\": \"./overlays/a/\", \"kustomize\": {}}"))).as("in any spelling")
                .isEqualTo(Map.of("source.path", "overlays/a"));
        ObjectNode change = SourceParameters.change(KUSTOMIZE, Map.of("kustomize.images[poll]", "ghcr.io/team/poll:2",
                "source.path", "overlays/b"));
        assertThat(change).isEqualTo(json("{\"path\": \"overlays/b\", \"kustomize\": {\"images\":"
                + " [\"poll=ghcr.io/team/poll:2\", \"redis:7\"]}}"));
        assertThat(SourceParameters.options(Map.of("source.path", "overlays/b"))).isEqualTo(" --path overlays/b");
        assertThat(SourceParameters.options(Map.of("kustomize.images[poll]", "a:2")))
                .isEqualTo(" --kustomize-image poll=a:2");
    }

    /** In a template the text "false" is true, so a boolean is sent as one; a tag such as 1.10 is sent as a text. */
    @Test
    void aTruthValueStaysOneAndANumberATextToo() {
        assertThat(SourceParameters.change(json("{}"), Map.of("canary.enabled", "false")))
                .isEqualTo(json("{\"helm\": {\"parameters\": [{\"name\": \"canary.enabled\","
                        + " \"value\": \"false\"}]}}"));
        assertThat(SourceParameters.change(json("{}"), Map.of("image.tag", "1.10")))
                .isEqualTo(json("{\"helm\": {\"parameters\": [{\"name\": \"image.tag\", \"value\": \"1.10\","
                        + " \"forceString\": true}]}}"));
    }

    /** If a release's chart changes, Argo CD must have compared with the new chart before it syncs. */
    @Test
    void theFolderOfAChartIsOneOfThem() {
        assertThat(SourceParameters.of(json("{\"path\": \"charts/bg\", \"helm\": {\"parameters\": [{\"name\":"
                + " \"a\", \"value\": \"b\"}]}}"))).isEqualTo(Map.of("a", "b", "source.path", "charts/bg"));
        assertThat(SourceParameters.of(json("{\"path\": \"plain\"}"))).isEmpty();
    }

    @Test
    void valueFilesAreChangedAllAtOnce() {
        JsonNode source = json("{\"helm\": {\"valueFiles\": [\"values.yaml\", \"values-canary.yaml\"], \"parameters\":"
                + " [{\"name\": \"a\", \"value\": \"b\"}]}}");
        assertThat(SourceParameters.of(source)).isEqualTo(Map.of("a", "b", "helm.valueFiles",
                "values.yaml,values-canary.yaml"));
        assertThat(SourceParameters.ofHelm(source)).isEqualTo(Map.of("a", "b"));
        Map<String, String> change = Map.of("helm.valueFiles", "values.yaml,values-bg.yaml");
        assertThat(SourceParameters.change(source, change))
                .isEqualTo(json("{\"helm\": {\"valueFiles\": [\"values.yaml\", \"values-bg.yaml\"]}}"));
        assertThat(SourceParameters.options(change)).isEqualTo(" --values values.yaml --values values-bg.yaml");
        assertThat(SourceParameters.change(source, Map.of("helm.valueFiles", "c.yaml", "a", "2")).path("helm"))
                .isEqualTo(json("{\"valueFiles\": [\"c.yaml\"], \"parameters\": [{\"name\": \"a\", \"value\": \"2\","
                        + " \"forceString\": true}]}"));
    }

    @Test
    void valuesOfASourceWithoutHelmParametersLeaveNoNull() {
        JsonNode spec = json("{\"sources\": [{\"ref\": \"values\"}, {\"path\": \"chart\"}]}");
        assertThat(ApplicationSource.patch(spec, SourceParameters.values((ObjectNode) json("{\"a\": 2}"))))
                .isEqualTo(json("{\"spec\": {\"sources\": [{\"ref\": \"values\"},"
                        + " {\"path\": \"chart\", \"helm\": {\"valuesObject\": {\"a\": 2}}}]}}"));
        ObjectNode source = (ObjectNode) json("{\"chart\": \"poll\"}");
        SourceParameters.applyValues(source, (ObjectNode) json("{\"replicas\": 3}"));
        assertThat(source).isEqualTo(json("{\"chart\": \"poll\", \"helm\": {\"valuesObject\": {\"replicas\": 3}}}"));
    }

    @Test
    void ofSeveralSourcesAllAreSentAndOneIsChanged() {
        JsonNode spec = json("{\"sources\": [{\"ref\": \"values\"}, {\"path\": \"chart\", \"helm\":"
                + " {\"values\": \"a: 1\", \"parameters\": [{\"name\": \"b\", \"value\": \"c\"}]}}]}");
        assertThat(ApplicationSource.of(spec).path("path").asText()).isEqualTo("chart");
        assertThat(ApplicationSource.revision(spec, json("{\"revisions\": [\"r0\", \"r1\"]}"))).isEqualTo("r1");
        assertThat(ApplicationSource.reference(spec, "values").path("ref").asText()).isEqualTo("values");
        assertThat(ApplicationSource.patch(spec, SourceParameters.values((ObjectNode) json("{\"a\": 2}"))))
                .isEqualTo(json("{\"spec\": {\"sources\": [{\"ref\": \"values\"}, {\"path\": \"chart\", \"helm\":"
                        + " {\"parameters\": [{\"name\": \"b\", \"value\": \"c\"}],"
                        + " \"valuesObject\": {\"a\": 2}}}]}}"));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    @Test
    void aShellTakesEachForOneWord() {
        assertThat(SourceParameters.options(Map.of("match", "Host(`shop.test`) && Header('a')")))
                .isEqualTo(" -p 'match=Host(`shop.test`) && Header('\\''a'\\'')'");
        assertThat(SourceParameters.options(Map.of("env[0].value", "2"))).isEqualTo(" -p 'env[0].value=2'");
        assertThat(SourceParameters.options(Map.of("image.tag", "acceptance-a.b-1.1.0_x")))
                .isEqualTo(" -p image.tag=acceptance-a.b-1.1.0_x");
    }

    /** To change a tag in a list, the whole list is written. */
    @Test
    void valuesThatMayHoldASecretAreInNoCommand() throws Exception {
        assertThat(LiveApplicationWriter.options(Map.of("image.tag", "2"), JSON.readTree(
                "{\"env\": [{\"name\": \"TAG\", \"value\": \"2\"}, {\"name\": \"PIN\", \"value\": \"hidden\"}]}")))
                .isEqualTo(" -p image.tag=2 --values-literal-file values.yaml");
        assertThat(LiveApplicationWriter.options(Map.of("image.tag", "2"), JSON.readTree("{}")))
                .isEqualTo(" -p image.tag=2");
    }
}
