package delivery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.rollout.NamespacedObject;
import delivery.rollout.Presence;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class LiveNamespaceTest {

    private final MockWebServer server = new MockWebServer();
    private KubernetesClient client;

    @BeforeEach
    void start() throws IOException {
        server.start();
        client = new KubernetesClientBuilder().withConfig(new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getPort()).withRequestRetryBackoffLimit(0).build()).build();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.shutdown();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "200|\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":\"{}\"}|BY_HAND",
        "200|\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"ExternalSecret\",\"name\":\"db\",\"uid\":\"u\"}]|"
                + "MADE",
        "200|\"annotations\":{\"argocd.argoproj.io/tracking-id\":\"x\"}|MADE",
        "200|\"labels\":{\"app.kubernetes.io/managed-by\":\"Helm\"}|MADE",
        "200|\"annotations\":{\"reflector.v1.k8s.emberstack.com/reflects\":\"a/b\"}|MADE",
        "404|\"name\":\"db\"|MISSING", "403|\"name\":\"db\"|UNKNOWN", "500|\"name\":\"db\"|UNKNOWN"})
    void whoPutAnObjectThereIsReadFromItsMarks(int code, String metadata, Presence there) throws InterruptedException {
        server.enqueue(new MockResponse().setResponseCode(code).setHeader("Content-Type", "application/json")
                .setBody("{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{" + metadata + "}}"));
        assertThat(new LiveNamespace(client, "shop").has(new NamespacedObject("Secret", "db"))).isEqualTo(there);
        RecordedRequest asked = server.takeRequest();
        assertThat(asked.getPath()).isEqualTo("/api/v1/namespaces/shop/secrets/db");
        assertThat(asked.getHeaders().values("Accept")).as("what a Secret holds is not asked for")
                .containsExactly("application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1");
    }

    @ParameterizedTest
    @CsvSource({"ConfigMap, /api/v1/namespaces/shop/configmaps/db", "Secret, /api/v1/namespaces/shop/secrets/db"})
    void eachKindIsLookedForWhereItIs(String kind, String path) throws InterruptedException {
        server.enqueue(new MockResponse().setResponseCode(404));
        assertThat(new LiveNamespace(client, "shop").has(new NamespacedObject(kind, "db")))
                .isEqualTo(Presence.MISSING);
        assertThat(server.takeRequest().getPath()).isEqualTo(path);
    }
}
