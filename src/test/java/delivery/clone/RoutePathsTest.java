package delivery.clone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.chart.Values;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
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
        String json = "{\"apiVersion\": \"" + version + "\", \"kind\": \"" + kind + "\", \"spec\": "
                + new ObjectMapper().writeValueAsString(Values.parse("spec", spec).all()) + "}";
        assertThat(RoutePaths.of(List.of(new ManifestObject(new ObjectMapper().readTree(json)))))
                .isEqualTo(paths.isEmpty() ? List.of() : Arrays.asList(paths.split(" ")));
    }

    @Test
    void aPathIsUnderAPrefixAsAWhole() {
        assertThat(RoutePaths.prefix(List.of("/shop"), "/shop/version")).contains("/shop");
        assertThat(RoutePaths.prefix(List.of("/shop"), "/shop")).contains("/shop");
        assertThat(RoutePaths.prefix(List.of("/shop"), "/shopping")).isEmpty();
    }
}
