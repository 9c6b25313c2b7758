package delivery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.clone.ManifestObject;
import delivery.clone.ObjectScope;
import delivery.failure.EnvironmentNotFit;
import delivery.history.CallLog;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ServedKindsTest {

    private static final String LIST = """
            {"kind":"APIResourceList","groupVersion":"apps/v1","resources":[
             {"name":"deployments","kind":"Deployment","namespaced":true},
             {"name":"deployments/scale","kind":"Scale","namespaced":true},
             {"name":"nodeclasses","kind":"NodeClass","namespaced":false}]}""";

    private final MockWebServer server = new MockWebServer();
    private KubernetesClient client;
    private ServedKinds kinds;

    @BeforeEach
    void start() throws IOException {
        server.start();
        Config config = new ConfigBuilder(Config.empty()).withMasterUrl(server.url("/").toString())
                .withRequestRetryBackoffLimit(0).build();
        client = Cluster.client(config, new CallLog());
        kinds = new ServedKinds(client);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.shutdown();
    }

    @Test
    void theApiItselfSaysWhereAKindLivesAndIsAskedOnce() throws InterruptedException {
        server.enqueue(new MockResponse().setHeader("Content-Type", "application/json").setBody(LIST));

        assertThat(kinds.of(object("apps/v1", "Deployment"))).isEqualTo(ObjectScope.NAMESPACE);
        assertThat(kinds.of(object("apps/v1", "NodeClass"))).isEqualTo(ObjectScope.CLUSTER);
        assertThat(kinds.of(object("apps/v1", "Scale"))).as("no kind of its own").isEqualTo(ObjectScope.UNKNOWN);
        assertThat(server.takeRequest().getPath()).isEqualTo("/apis/apps/v1");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aGroupThatIsNotServedHasNoKinds() {
        server.enqueue(new MockResponse().setResponseCode(404));

        assertThat(kinds.of(object("shop.test/v1", "Shop"))).isEqualTo(ObjectScope.UNKNOWN);
        assertThat(kinds.of(object("", "Shop"))).isEqualTo(ObjectScope.UNKNOWN);
    }

    @Test
    void aRefusalIsTheEnvironmentsFault() {
        server.enqueue(new MockResponse().setResponseCode(403));

        assertThatThrownBy(() -> kinds.of(object("v1", "Pod"))).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("asking for the kinds of v1");
    }

    private static ManifestObject object(String apiVersion, String kind) {
        ObjectNode json = new ObjectMapper().createObjectNode().put("apiVersion", apiVersion).put("kind", kind);
        return new ManifestObject(json);
    }
}
