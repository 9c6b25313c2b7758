package delivery.clone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.rollout.NamespacedObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The properties of a live release that its copies need. */
class LiveReleaseTest {

    private static final ManifestObject ROLLOUT = object("{\"kind\": \"Rollout\", \"spec\": {\"template\": {\"spec\":"
            + " {\"serviceAccountName\": \"shop\", \"imagePullSecrets\": [{\"name\": \"own\"}]}}}}");

    @Test
    void thePodsNeedThePullSecretsOfTheirServiceAccountToo() {
        assertThat(LiveRelease.of("shop", List.of(ROLLOUT, account("shop", "ghcr"), account("job", "other"))).needs())
                .extracting(NamespacedObject::argument).containsExactlyInAnyOrder("secret/own", "secret/ghcr");
    }

    @Test
    void withoutANameItIsTheDefaultOne() {
        ManifestObject rollout = object("{\"kind\": \"Rollout\", \"spec\": {\"template\": {\"spec\": {}}}}");
        assertThat(LiveRelease.of("shop", List.of(rollout, account("default", "ghcr"))).needs())
                .extracting(NamespacedObject::argument).containsExactly("secret/ghcr");
    }

    private static ManifestObject account(String name, String secret) {
        return object("{\"kind\": \"ServiceAccount\", \"metadata\": {\"name\": \"" + name
                + "\"}, \"imagePullSecrets\": [{\"name\": \"" + secret + "\"}]}");
    }

    private static ManifestObject object(String json) {
        try {
            return new ManifestObject(new ObjectMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
