package delivery.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.argocd.ArgoCd;
import delivery.argocd.ArgoCdRefused;
import delivery.argocd.Login;
import delivery.failure.EnvironmentNotFit;
import delivery.history.CallLog;
import delivery.settings.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient
class ManagedApplicationsTest {

    private static final String OURS = "/apis/argoproj.io/v1alpha1/applications?labelSelector="
            + "app.kubernetes.io%2Fmanaged-by%3Dprogressive-delivery-acceptance";
    private static final String OBJECT = "/apis/argoproj.io/v1alpha1/namespaces/cd/applications/shop-1";

    private final MockWebServer server = new MockWebServer();
    private KubernetesMockServer kubernetes;
    private KubernetesClient client;
    private ArgoCd argoCd;
    private ManagedApplications applications;

    @BeforeEach
    void start() throws IOException {
        server.start();
        argoCd = new ArgoCd(new Login(server.url("/").uri(), Optional.of(new Secret("expired")), "admin",
                Optional.empty(), Optional.empty(), false), new CallLog());
        applications = new ManagedApplications(argoCd, client, "shop");
    }

    @AfterEach
    void stop() throws IOException {
        argoCd.close();
        server.shutdown();
    }

    @Test
    void argoCdRemovesThem() {
        server.enqueue(json(200, "{}"));
        assertThat(applications.remove("shop-1")).contains(new ManagedApplications.Removed(
                "argocd app delete shop-1 --cascade=false", "DELETE /api/v1/applications/shop-1", true));
        assertThat(kubernetes.getRequestCount()).isZero();
    }

    @Test
    void theClusterDoesIfTheTokenHasExpired() throws InterruptedException {
        server.enqueue(json(401, "{\"message\":\"invalid session: token is expired\"}"));
        kubernetes.expect().get().withPath(OURS).andReturn(200, list("other", "shop-1")).once();
        kubernetes.expect().delete().withPath(OBJECT).andReturn(200, Map.of("kind", "Status", "status", "Success"))
                .once();

        assertThat(applications.remove("shop-1")).contains(new ManagedApplications.Removed(
                "kubectl delete application shop-1 --namespace cd", "DELETE " + OBJECT, true));

        kubernetes.takeRequest();
        assertThat(kubernetes.takeRequest().getMethod()).isEqualTo("DELETE");
    }

    @Test
    void whatTheClusterDoesNotHaveIsGone() {
        server.enqueue(json(401, "{\"message\":\"invalid session: token is expired\"}"));
        kubernetes.expect().get().withPath(OURS).andReturn(200, list("other")).once();
        assertThat(applications.remove("shop-1")).isEmpty();
    }

    @Test
    void ifNeitherMayArgoCdsReasonIsReported() {
        server.enqueue(json(401, "{\"message\":\"invalid session: token is expired\"}"));
        kubernetes.expect().get().withPath(OURS).andReturn(403, "no").once();
        assertThatThrownBy(() -> applications.remove("shop-1")).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("token is expired").hasMessageContaining("ARGOCD_AUTH_TOKEN");
    }

    @Test
    void soItIsWithAPermissionThatIsMissing() {
        server.enqueue(json(403, "{\"message\":\"permission denied\"}"));
        server.enqueue(json(200, "{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"shop-1\"},\"spec\":{}}]}"));
        kubernetes.expect().get().withPath(OURS).andReturn(403, "no").once();
        assertThatThrownBy(() -> applications.remove("shop-1")).isInstanceOf(ArgoCdRefused.class)
                .hasMessageContaining("permission denied");
    }

    @Test
    void theClusterTellsWhatARunMade() {
        server.enqueue(json(401, "{\"message\":\"invalid session: token is expired\"}"));
        kubernetes.expect().get().withPath("/apis/argoproj.io/v1alpha1/applications?labelSelector="
                + "delivery.acceptance%2Frun%3Dx7b2c").andReturn(200, list("shop-1", "shop-2")).once();
        assertThat(applications.of("x7b2c")).containsExactlyInAnyOrder("shop-1", "shop-2");
    }

    private static MockResponse json(int code, String body) {
        return new MockResponse().setResponseCode(code).setHeader("Content-Type", "application/json").setBody(body);
    }

    private static Map<String, ?> list(String... names) {
        return Map.of("apiVersion", "argoproj.io/v1alpha1", "kind", "ApplicationList", "metadata", Map.of(),
                "items", List.of(names).stream().map(name -> Map.of("apiVersion", "argoproj.io/v1alpha1",
                        "kind", "Application", "metadata", Map.of("name", name, "namespace", "cd"))).toList());
    }
}
