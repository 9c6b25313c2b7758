package delivery.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.failure.UnsafeChange;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"PersistentVolumeClaim", "StatefulSet", "Namespace"})
    void whatHoldsDataIsNotDeleted(String kind) {
        JsonNode data = object("v1", kind, "uploads", "{}");
        assertThatExceptionOfType(UnsafeChange.class).isThrownBy(() -> under("shop.test").require("shop",
                List.of(ROLLOUT, ROUTE, data), List.of(ROLLOUT, ROUTE))).withMessageContaining("has no " + kind
                        + " uploads, so that the sync would delete the live one with its data");
        assertThatCode(() -> under("shop.test").require("shop", List.of(ROLLOUT, ROUTE, data),
                List.of(ROLLOUT, ROUTE, data))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"helm.sh/hook\": \"pre-install", "argocd.argoproj.io/hook\": \"PreSync",
        "argocd.argoproj.io/sync-options\": \"Validate=false,Prune=false"})
    void dataThatNoSyncDeletesIsNoObstacle(String annotation) throws IOException {
        JsonNode kept = new ObjectMapper().readTree("{\"apiVersion\": \"v1\", \"kind\": \"PersistentVolumeClaim\","
                + " \"metadata\": {\"name\": \"uploads\", \"annotations\": {\"" + annotation + "\"}}}");
        assertThatCode(() -> under("shop.test").require("shop", List.of(ROLLOUT, ROUTE, kept), List.of(ROLLOUT, ROUTE)))
                .doesNotThrowAnyException();
    }

    @Test
    void whatIsMadeAgainMayBeDeleted() {
        assertThatCode(() -> under("shop.test").require("shop", List.of(ROLLOUT, ROUTE, object("v1", "Service",
                "shop-preview", "{}")), List.of(ROLLOUT, ROUTE))).doesNotThrowAnyException();
    }

    private static PrunedRelease under(String host) {
        return new PrunedRelease("shop", Optional.of(host));
    }

    private static JsonNode object(String version, String kind, String name, String spec) {
        try {
            return new ObjectMapper().readTree("{\"apiVersion\": \"" + version + "\", \"kind\": \"" + kind
                    + "\", \"metadata\": {\"name\": \"" + name + "\"}, \"spec\": " + spec + "}");
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
