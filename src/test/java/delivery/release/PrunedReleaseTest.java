package delivery.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrunedReleaseTest {

    private static final JsonNode ROLLOUT = object("argoproj.io/v1alpha1", "Rollout", "shop", "{}");
    private static final JsonNode ROUTE = object("networking.k8s.io/v1", "Ingress", "shop",
            "{\"rules\": [{\"host\": \"Shop.test\"}]}");

    @Test
    void whatHasTheRolloutAndTheHostTakesNothingFromUsers() {
        assertThat(under("shop.test").of(List.of(ROLLOUT, ROUTE))).isEmpty();
        assertThat(new PrunedRelease("shop", Optional.empty()).of(List.of(ROLLOUT))).isEmpty();
    }

    /** A chart for each strategy names its objects differently. */
    @Test
    void aRolloutByAnotherNameWouldReplaceTheLiveOne() {
        assertThat(under("shop.test").of(List.of(object("argoproj.io/v1alpha1", "Rollout", "shop-canary", "{}"),
                ROUTE))).get().asString().startsWith("what Argo CD would sync has no Rollout shop, so that the sync"
                        + " would delete the live one");
    }

    @Test
    void usersKeepTheirHost() {
        assertThat(under("shop.test").of(List.of(ROLLOUT))).get().asString()
                .startsWith("what Argo CD would sync has no route for shop.test");
    }

    private static PrunedRelease under(String host) {
        return new PrunedRelease("shop", Optional.of(host));
    }

    private static JsonNode object(String version, String kind, String name, String spec) {
        try {
            return new ObjectMapper().readTree("{\"apiVersion\": \"" + version + "\", \"kind\": \"" + kind
                    + "\", \"metadata\": {\"name\": \"" + name + "\"}, \"spec\": " + spec + "}");
        } catch (java.io.IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
