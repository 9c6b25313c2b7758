package delivery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import delivery.failure.EnvironmentNotFit;
import delivery.route.RouteObjects;
import delivery.route.RouteObjects.Kind;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient
class RouteReaderTest {

    private static final String ROUTES = "/apis/traefik.io/v1alpha1/namespaces/shop/ingressroutes";
    private static final String INGRESSES = "/apis/networking.k8s.io/v1/namespaces/shop/ingresses";

    private KubernetesMockServer server;
    private KubernetesClient client;

    @Test
    void whatTheClusterServesIsReadAndWhatItDoesNotIsNone() {
        server.expect().get().withPath(ROUTES)
                .andReturn(200, "{\"items\": [{\"metadata\": {\"name\": \"shop\", \"namespace\": \"shop\"}}]}").once();

        RouteObjects objects = RouteReader.read(client, "shop");

        assertThat(objects.named("shop", Kind.OLD_INGRESS_ROUTE, Kind.INGRESS_ROUTE)).isPresent();
        assertThat(objects.of(Kind.HTTP_ROUTE)).isEmpty();
        assertThat(objects.isKnown(Kind.HTTP_ROUTE)).isTrue();
        assertThat(objects.unread()).isEmpty();
    }

    @Test
    void whatMayNotBeReadIsNotTakenForNone() {
        server.expect().get().withPath(INGRESSES).andReturn(403, "{}").always();

        RouteObjects objects = RouteReader.read(client, "shop");

        assertThat(objects.isKnown(Kind.INGRESS)).isFalse();
        assertThat(objects.unread()).containsExactly("ingresses of networking.k8s.io/v1 (HTTP 403)");
    }

    @Test
    void whatIsNoListIsNoKubernetesApi() {
        server.expect().get().withPath(ROUTES).andReturn(200, "<html>").always();
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> RouteReader.read(client, "shop"));
    }
}
