package delivery.clone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Places within a clone's objects that lead to the live release, although the objects are in the clone's namespace. */
class NamespaceReferencesTest {

    private static final String ROLLOUT = "{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: shop},"
            + " spec: {strategy: {canary: {trafficRouting: {ROUTING}}}}}";

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "plugins: {argoproj-labs/gatewayAPI: {httpRoute: shop, namespace: NAME}};"
                + "trafficRouting.plugins.argoproj-labs/gatewayAPI.namespace: NAME",
        "plugins: {argoproj-labs/openshift: {routes: [shop], namespace: NAME}};"
                + "trafficRouting.plugins.argoproj-labs/openshift.namespace: NAME",
        "istio: {virtualService: {name: shop.NAME, routes: [primary]}};"
                + "trafficRouting.istio.virtualService.name: shop.NAME",
        "istio: {virtualServices: [{name: api}, {name: shop.NAME}]};"
                + "trafficRouting.istio.virtualServices.name: shop.NAME"})
    void aRouterMovesTheWeightsOfTheCopyOnly(String routing, String place) {
        String rollout = ROLLOUT.replace("ROUTING", routing);
        assertThat(refusals(rollout.replace("NAME", "copy"))).isEmpty();
        assertThat(refusals(rollout.replace("NAME", "live"))).containsExactly("Rollout shop moves the weights of a"
                + " route in the namespace live, where the live release is (" + place.replace("NAME", "live")
                + "); leave that namespace out, or have it made from the release's own");
        assertThat(refusals(rollout.replace("NAME", "mesh"))).singleElement().asString()
                .startsWith("Rollout shop moves the weights of a route in the namespace mesh (");
    }

    @Test
    void aRouterWithoutANamespaceMovesThoseOfItsOwn() {
        assertThat(refusals(ROLLOUT.replace("ROUTING", "istio: {virtualService: {name: shop}}, plugins:"
                + " {argoproj-labs/gatewayAPI: {httpRoute: shop}}, nginx: {stableIngress: shop}"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "gateway.networking.k8s.io/v1;HTTPRoute;hostnames: [copy.test],"
                + " rules: [{backendRefs: [{name: shop}, BACKEND]}]",
        "gateway.networking.k8s.io/v1;HTTPRoute;hostnames: [copy.test],"
                + " rules: [{filters: [{requestMirror: {backendRef: BACKEND}}]}]",
        "traefik.io/v1alpha1;IngressRoute;routes: [{match: Host(`copy.test`), services: [BACKEND]}]",
        "traefik.io/v1alpha1;TraefikService;weighted: {services: [BACKEND]}",
        "traefik.io/v1alpha1;TraefikService;mirroring: {name: shop, namespace: NAME}",
        "networking.istio.io/v1;VirtualService;hosts: [copy.test], http: [{route: [{destination: {host: DNS}}]}]",
        "networking.istio.io/v1;VirtualService;hosts: [copy.test], http: [{mirror: {host: DNS.svc}}]",
        "networking.istio.io/v1;DestinationRule;host: DNS.svc.cluster.local",
        "v1;Service;type: ExternalName, externalName: DNS.svc.cluster.local."})
    void aRouteOrServiceLeadsToTheCopyOnly(String object) {
        String[] parts = object.split(";");
        String yaml = "{apiVersion: " + parts[0] + ", kind: " + parts[1] + ", metadata: {name: web}, spec: {"
                + parts[2].replace("BACKEND", "{name: shop, namespace: NAME}").replace("DNS", "shop.NAME") + "}}";
        assertThat(refusals(yaml.replace("NAME", "copy"))).isEmpty();
        assertThat(refusals(yaml.replace("NAME", "auth"))).as("another team's, which users reach as before").isEmpty();
        assertThat(refusals(yaml.replace("NAME", "live"))).singleElement().asString()
                .startsWith(parts[1] + " web leads to the namespace live, where the live release is (spec.")
                .endsWith("); leave that namespace out, or have it made from the release's own");
    }

    @Test
    void whatServesOrChangesRequestsMayBeShared() {
        assertThat(refusals("{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: web}, spec:"
                + " {hostnames: [copy.test], parentRefs: [{name: public, namespace: live}]}}",
                "{apiVersion: traefik.io/v1alpha1, kind: IngressRoute, metadata: {name: web}, spec: {tls: {options:"
                + " {name: strict, namespace: live}}, routes: [{match: Host(`copy.test`), middlewares: [{name: auth,"
                + " namespace: live}], services: [{name: shop}]}]}}",
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: shop}, spec: {host: db.live.svc}}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "elbv2.k8s.aws/v1beta1;TargetGroupBinding;serviceRef: {name: shop}, targetGroupARN: 'arn:aws:1'",
        "zalando.org/v1;RouteGroup;hosts: [www.live.test], backends: [{serviceName: shop}]",
        "zalando.org/v1;RouteGroup;hosts: [copy.test, www.live.test], backends: [{serviceName: shop}]",
        "k8s.nginx.org/v1;VirtualServer;host: live.test, upstreams: [{service: shop}]"})
    void aRouteOfAnUnknownKindThatLeadsToTheReleaseIsRefused(String version, String kind, String spec) {
        assertThat(refusals(object(version, kind, spec))).anySatisfy(refusal -> assertThat(refusal)
                .startsWith(kind + " web seems to be a route, of a kind (" + version + ") that does not show which"
                + " users it serves, and it leads to a Service of the release; leave it out of copies by a value"));
    }

    @Test
    void aServiceOfACopyMayBeNamedAfterIt() {
        String service = "{apiVersion: v1, kind: Service, metadata: {name: copy-shop}, spec: {}}";
        for (String spec : List.of("host: live.test, upstreams: [{service: copy-shop}]",
                "serviceRef: {name: copy-shop}, targetGroupARN: 'arn:aws:1'")) {
            assertThat(refusals(service, object("k8s.nginx.org/v1", "VirtualServer", spec))).anySatisfy(refusal ->
                    assertThat(refusal).startsWith("VirtualServer web seems to be a route"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "zalando.org/v1;RouteGroup;hosts: [copy.test], backends: [{serviceName: shop}]",
        "k8s.nginx.org/v1;VirtualServer;host: copy.test, upstreams: [{service: shop}]",
        "proxysql.com/v1;ProxySQLCluster;servers: [{name: db}]",
        "traefik.io/v1alpha1;TraefikService;weighted: {services: [{name: shop}]}",
        "gateway.networking.k8s.io/v1;Gateway;listeners: [{name: shop, port: 80}]",
        "route.openshift.io/v1;Route;to: {kind: Service, name: shop}",
        "gateway.networking.k8s.io/v1;HTTPRoute;parentRefs: [{kind: Service, name: shop}]"})
    void oneThatServesTheCopysHostOrHasNothingToDoWithTheReleaseIsNot(String version, String kind, String spec) {
        assertThat(refusals(object(version, kind, spec))).isEmpty();
    }

    private static String object(String version, String kind, String spec) {
        return "{apiVersion: " + version + ", kind: " + kind + ", metadata: {name: web}, spec: {" + spec + "}}";
    }

    private static List<String> refusals(String... yaml) {
        LiveRelease live = new LiveRelease("live", Set.of("live.test"), false, Set.of(), List.of("shop"), Set.of(),
                Set.of());
        List<ManifestObject> objects = Stream.of(yaml).map(NamespaceReferencesTest::read).toList();
        boolean released = objects.stream().anyMatch(object -> object.kind().equals("Rollout"));
        return new CloneGuard(live, "copy", "copy.test", object -> ObjectScope.NAMESPACE, Optional.empty())
                .refusals(released ? objects : Stream.concat(objects.stream(), Stream.of(read(ROLLOUT
                        .replace("ROUTING", "")))).toList());
    }

    private static ManifestObject read(String yaml) {
        try {
            return new ManifestObject(new ObjectMapper(new YAMLFactory()).readTree(yaml));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(yaml, e);
        }
    }
}
