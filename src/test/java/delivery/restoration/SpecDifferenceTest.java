package delivery.restoration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class SpecDifferenceTest {

    private static final String SOURCE = "{\"repoURL\": \"https://u:s3cret@git\", \"path\": \"chart\", \"helm\":"
            + " {\"values\": \"pin: s3cret\"}}";

    /** A single source that becomes a list of sources counts as replaced. */
    @Test
    void aSourceIsNamedWithoutWhatIsInIt() throws JsonProcessingException {
        assertThat(words("{\"source\": " + SOURCE + "}", "{\"sources\": [" + SOURCE + "]}"))
                .isEqualTo("spec.source is gone; spec.sources was not there");
        assertThat(words("{\"sources\": [" + SOURCE + "]}", "{\"sources\": [" + SOURCE + ", " + SOURCE + "]}"))
                .isEqualTo("spec.sources is another one");
        assertThat(words("{\"sources\": [" + SOURCE + "]}", "{\"sources\": [{\"path\": \"chart\"}]}"))
                .isEqualTo("spec.sources[0].helm is gone; spec.sources[0].repoURL is gone");
        assertThat(words("{\"source\": " + SOURCE + "}", "{\"source\": " + SOURCE.replace("chart", "other") + "}"))
                .isEqualTo("spec.source.path is \"other\" and was \"chart\"");
    }

    private static String words(String written, String now) throws JsonProcessingException {
        return SpecDifference.words(json(written), json(now));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }
}
