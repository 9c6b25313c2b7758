package delivery.route;

import static delivery.rollout.ReleaseFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import delivery.route.RouteObjects.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouteObjectsTest {

    @Test
    void aKindIsListedWhereTheApiServesIt() {
        assertThat(Kind.SERVICE.path("shop")).isEqualTo("/api/v1/namespaces/shop/services");
        assertThat(Kind.HTTP_ROUTE.path("shop"))
                .isEqualTo("/apis/gateway.networking.k8s.io/v1/namespaces/shop/httproutes");
        assertThat(Kind.INGRESS.version()).isEqualTo("networking.k8s.io/v1");
        assertThat(Kind.OLD_INGRESS_ROUTE.plural()).isEqualTo("ingressroutes");
        assertThat(Kind.OLD_INGRESS_ROUTE).hasToString("IngressRoute");
    }

    @Test
    void otherReleasesRolloutsAreLeftOut() {
        RouteObjects objects = new RouteObjects(Map.of(Kind.ROLLOUT, List.of(json("{metadata:{name:'shop'}}"),
                json("{metadata:{name:'other'}}"))), List.of());
        assertThat(objects.of(Optional.of("shop")).of(Kind.ROLLOUT)).extracting(RouteObjects::name)
                .containsExactly("shop");
        assertThat(objects.of(Optional.empty())).isSameAs(objects);
        assertThat(new RouteObjects(Map.of(), List.of()).of(Optional.of("shop")).isKnown(Kind.ROLLOUT)).isFalse();
        assertThat(objects.named("other", Kind.ROLLOUT)).isPresent();
        assertThat(objects.named("none", Kind.ROLLOUT)).isEmpty();
        assertThat(RouteObjects.namespace(json("{metadata:{namespace:'a'}}"))).isEqualTo("a");
    }
}
