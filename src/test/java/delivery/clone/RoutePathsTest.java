package delivery.clone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.chart.Values;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The paths under which routes lead to a release. */
class RoutePathsTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "networking.k8s.io/v1; Ingress; {rules: [{host: a, http: {paths: [{path: /shop(/|$)(.*)}]}}]}; /shop",
        "networking.k8s.io/v1; Ingress; {rules: [{host: a, http: {paths: [{path: /a/}, {path: /v1.0}]}}]}; /a /v1.0",
        "networking.k8s.io/v1; Ingress; {rules: [{host: a, http: {paths: [{path: /api}, {path: /}]}}]}; ''",
        "networking.k8s.io/v1; Ingress; {rules: [{host: a}]}; ''",
        "gateway.networking.k8s.io/v1; HTTPRoute; {hostnames: [a], rules: [{matches: [{path: {value: /api}}]}]}; /api",
        "gateway.networking.k8s.io/v1; HTTPRoute; {hostnames: [a], rules: [{backendRefs: []}]}; ''",
        "traefik.io/v1alpha1; IngressRoute; {routes: [{match: 'Host(`a`) && PathPrefix(`/shop`)'}]}; /shop",
        "traefik.io/v1alpha1; IngressRoute; {routes: [{match: 'Host(`a`) || Host(`b`)'}]}; ''",
        "networking.istio.io/v1; VirtualService; {hosts: [a.b], http: [{match: [{uri: {prefix: /shop/}}]}]}; /shop"})
    void eachKindOfRouteHasItsOwn(String version, String kind, String spec, String paths) throws IOException {
        assertThat(RoutePaths.of(List.of(object(version, kind, spec)), Optional.empty()))
                .isEqualTo(paths.isEmpty() ? List.of() : Arrays.asList(paths.split(" ")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "networking.k8s.io/v1; Ingress; {rules: [{host: a, http: {paths: [{path: /, backend: {service: {name: web}}},"
                + " {path: /api, backend: {service: {name: shop, port: {name: http}}}}]}}]}; /api",
        "networking.k8s.io/v1; Ingress; {rules: [{host: a, http: {paths: [{path: /, backend: {service: {name: all}}},"
                + " {path: /api, backend: {service: {name: web}}}]}}]}; ''",
        "networking.k8s.io/v1; Ingress; {rules: [{host: a, http: {paths: [{path: /login, backend: {service:"
                + " {name: proxy}}}]}}]}; /login",
        "networking.k8s.io/v1; Ingress; {rules: [{host: a, http: {paths: [{path: /web, backend: {service: {name:"
                + " web}}}, {path: /, backend: {service: {name: own, port: {name: use-annotation}}}}]}}]}; ''",
        "gateway.networking.k8s.io/v1; HTTPRoute; {hostnames: [a], rules: [{backendRefs: [{name: web}]}, {matches:"
                + " [{path: {value: /api}}], backendRefs: [{name: shop}, {name: shop-canary}]}]}; /api",
        "traefik.io/v1alpha1; IngressRoute; {routes: [{match: 'Host(`a`)', services: [{name: web}]}, {match: 'Host(`a`)"
                + " && PathPrefix(`/api`)', services: [{name: weighted, kind: TraefikService}]}]}; /api",
        "networking.istio.io/v1; VirtualService; {hosts: [a.b], http: [{match: [{uri: {prefix: /api}}], route:"
                + " [{destination: {host: shop.live.svc.cluster.local}}]}, {route: [{destination: {host: web}}]}]};"
                + " /api"})
    void aPathThatLeadsToSomethingElseIsNotTheReleases(String version, String kind, String spec, String paths)
            throws IOException {
        List<ManifestObject> objects = new ArrayList<>(List.of(object(version, kind, spec),
                object("argoproj.io/v1alpha1", "Rollout", "{strategy: {canary: {stableService: shop, canaryService:"
                        + " shop-canary}}, template: {metadata: {labels: {app: shop}}}}"),
                object("v1", "Service", "{selector: {app: shop}}"),
                object("traefik.io/v1alpha1", "TraefikService", "{weighted: {services: [{name: shop}]}}")));
        ((ObjectNode) objects.get(2).json().path("metadata")).put("name", "all");
        ((ObjectNode) objects.get(3).json().path("metadata")).put("name", "weighted");
        assertThat(RoutePaths.of(objects, Optional.empty()))
                .isEqualTo(paths.isEmpty() ? List.of() : Arrays.asList(paths.split(" ")));
    }

    private static ManifestObject object(String version, String kind, String spec) throws IOException {
        return new ManifestObject(new ObjectMapper().readTree("{\"apiVersion\": \"" + version + "\", \"kind\": \""
                + kind + "\", \"metadata\": {\"name\": \"\"}, \"spec\": "
                + new ObjectMapper().writeValueAsString(Values.parse("spec", spec).all()) + "}"));
    }

    @Test
    void aPathIsUnderAPrefixAsAWhole() {
        assertThat(RoutePaths.prefix(List.of("/shop"), "/shop/version")).contains("/shop");
        assertThat(RoutePaths.prefix(List.of("/shop"), "/shop")).contains("/shop");
        assertThat(RoutePaths.prefix(List.of("/shop"), "/shopping")).isEmpty();
    }
}
