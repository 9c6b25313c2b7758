package delivery.clone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import delivery.failure.UnsafeClone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The check of the objects that Argo CD renders for a clone: whether each belongs to the clone. */
class CloneGuardTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String OWN = "shop-bg-1-abcde";
    private static final String OWN_HOST = OWN + ".shop.test";
    private static final String LIVE_HOST = "shop.example.org";
    private static final Set<String> OF_THE_CLUSTER = Set.of("Namespace", "ClusterRole", "CustomResourceDefinition",
            "PersistentVolume", "IngressClass");
    private static final String ROLLOUT = "{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: shop},"
            + " spec: {replicas: 2}}";
    private static final String ROUTE = ingress("host: HOST");

    private final LiveRelease live = LiveRelease.of("shop", objects(ROLLOUT, ROUTE.replace("HOST", LIVE_HOST),
            "{apiVersion: v1, kind: Service, metadata: {name: shop}, spec: {clusterIP: 10.0.0.7, ports: [{port: 80,"
                    + " nodePort: 30080}], loadBalancerIP: 192.0.2.7}}"));

    private Optional<String> chosen = Optional.empty();

    @Test
    void aChartThatKeepsToItselfIsCloned() {
        assertThat(refusals(ROLLOUT, ROUTE.replace("HOST", OWN_HOST),
                "{apiVersion: v1, kind: Service, metadata: {name: shop, namespace: " + OWN
                + "}, spec: {clusterIP: None}}",
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: shop}, data: {host: " + LIVE_HOST + "}}",
                "{apiVersion: v1, kind: Namespace, metadata: {name: " + OWN + "}}")).isEmpty();
    }

    @Test
    void anObjectInAnotherNamespaceIsRefusedWithTheLineThatPutsItThere() {
        assertThat(refusals(
                "{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: shop, namespace: shop}}",
                ROUTE.replace("HOST", OWN_HOST)))
                .containsExactly("Rollout shop would be applied in the namespace shop, where"
                + " the live release is; the chart's template writes that namespace into it: remove the line, or write"
                + " namespace: {{ .Release.Namespace }}");
        assertThat(with("{apiVersion: v1, kind: Secret, metadata: {name: db, namespace: elsewhere}}")).singleElement()
                .asString()
                .startsWith("Secret db would be applied in the namespace elsewhere;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ClusterRole", "PersistentVolume", "IngressClass", "CustomResourceDefinition", "Namespace"})
    void anObjectOfTheClusterIsRefused(String kind) {
        assertThat(with("{apiVersion: v1, kind: " + kind + ", metadata: {name: shop}}")).singleElement().asString()
                .startsWith(kind + " shop is an object of the whole cluster");
        // An explicit namespace makes no difference: Argo CD removes it.
        assertThat(with("{apiVersion: v1, kind: " + kind + ", metadata: {name: shop, namespace: " + OWN + "}}"))
                .hasSize(1);
    }

    @Test
    void aHookIsAppliedTooAndATestOfHelmIsNot() {
        String job =
                "{apiVersion: batch/v1, kind: Job, metadata: {name: migrate, namespace: shop, annotations: {HOOK}}}";
        assertThat(with(job.replace("HOOK", "argocd.argoproj.io/hook: PreSync"))).hasSize(1);
        assertThat(with(job.replace("HOOK", "helm.sh/hook: 'pre-install,test'"))).hasSize(1);
        assertThat(with(job.replace("HOOK", "argocd.argoproj.io/hook: Sync, helm.sh/hook: test"))).hasSize(1);
        assertThat(with(job.replace("HOOK", "helm.sh/hook: 'test, test-success'"))).isEmpty();
    }

    @Test
    void aKindThatNobodyServesIsRefused() {
        assertThat(with("{apiVersion: shop.test/v1, kind: Unknown, metadata: {name: shop}}")).singleElement().asString()
                .contains("a kind that the cluster does not serve (shop.test/v1)");
    }

    @Test
    void oneRolloutIsNeeded() {
        assertThat(refusals(ROUTE.replace("HOST", OWN_HOST))).singleElement().asString().contains("no Rollout");
        assertThat(with(ROLLOUT.replace("name: shop", "name: worker"))).singleElement().asString()
                .contains("2 Rollouts (shop, worker)");
        assertThat(with(ROLLOUT.replace("name: shop", "name: shop, namespace: " + OWN))).as("the same, told twice")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "networking.k8s.io/v1;Ingress;{rules: [{host: HOST}]}",
        "extensions/v1beta1;Ingress;{rules: [{host: HOST}]}",
        "traefik.io/v1alpha1;IngressRoute;{routes: [{match: 'Host(`HOST`) && PathPrefix(`/`)'}]}",
        "traefik.io/v1alpha1;IngressRoute;{routes: [{match: 'PathPrefix(`/`) && (Host(`a.OWN`) || Host(`HOST`))'}]}",
        "traefik.io/v1alpha1;IngressRouteTCP;{routes: [{match: 'HostSNI(`HOST`)'}]}",
        "gateway.networking.k8s.io/v1;HTTPRoute;{hostnames: [HOST]}",
        "gateway.networking.k8s.io/v1;GRPCRoute;{hostnames: [HOST]}",
        "gateway.networking.k8s.io/v1alpha2;TLSRoute;{hostnames: [HOST]}",
        "networking.istio.io/v1;VirtualService;{hosts: [HOST], gateways: [istio-system/public]}",
        "networking.istio.io/v1;Gateway;{servers: [{hosts: ['*/HOST']}]}",
        "route.openshift.io/v1;Route;{host: HOST}",
        "getambassador.io/v3alpha1;Mapping;{hostname: HOST, prefix: /}",
        "getambassador.io/v2;Mapping;{host: HOST, prefix: /}",
        "projectcontour.io/v1;HTTPProxy;{virtualhost: {fqdn: HOST}}",
        "apisix.apache.org/v2;ApisixRoute;{http: [{match: {hosts: [HOST]}}]}"})
    void aRouteOfEachKindServesItsOwnHostAndNoOther(String apiVersion, String kind, String spec) {
        String route = "{apiVersion: " + apiVersion + ", kind: " + kind + ", metadata: {name: web}, spec: "
                + spec.replace("OWN", OWN + ".shop.test") + "}";
        assertThat(refusals(ROLLOUT, route.replace("HOST", OWN_HOST))).isEmpty();
        assertThat(with(route.replace("HOST", LIVE_HOST))).singleElement().asString()
                .isEqualTo(kind + " web would serve the"
                + " host " + LIVE_HOST + " of the live release; have it take its host from one value,"
                + " and name it by VALUE_HOST where it is not found");
        assertThat(with(route.replace("HOST", "partner.example.org"))).singleElement().asString()
                .contains("would serve the host partner.example.org, which is not the copy's own");
        assertThat(refusals(ROLLOUT, route.replace("HOST", LIVE_HOST))).as("its own host is served by nobody")
                .anyMatch(refusal -> refusal.contains("serves the copy's own host " + OWN_HOST));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "networking.k8s.io/v1;Ingress;{rules: [{http: {}}]}",
        "networking.k8s.io/v1;Ingress;{defaultBackend: {service: {name: shop}}}",
        "networking.k8s.io/v1;Ingress;{rules: [{host: '*'}]}",
        "traefik.io/v1alpha1;IngressRoute;{routes: [{match: 'PathPrefix(`/`)'}]}",
        "traefik.io/v1alpha1;IngressRoute;{routes: [{match: 'Host(`own.test`) || PathPrefix(`/shop`)'}]}",
        "traefik.io/v1alpha1;IngressRoute;{routes: [{match: '!Host(`own.test`)'}]}",
        "traefik.io/v1alpha1;IngressRoute;{routes: [{match: 'HostRegexp(`.+`)'}]}",
        "traefik.io/v1alpha1;IngressRoute;{routes: [{match: 'HostRegexp(`{any:.+}`)'}]}",
        "traefik.io/v1alpha1;IngressRoute;{routes: [{match: 'Host(own.test'}]}",
        "traefik.io/v1alpha1;IngressRoute;{routes: [{match: ''}]}",
        "traefik.io/v1alpha1;IngressRouteTCP;{routes: [{match: 'HostSNI(`*`)'}]}",
        "traefik.io/v1alpha1;IngressRouteUDP;{routes: [{}]}",
        "gateway.networking.k8s.io/v1;HTTPRoute;{parentRefs: [{name: public}]}",
        "gateway.networking.k8s.io/v1alpha2;TCPRoute;{parentRefs: [{name: public}]}",
        "networking.istio.io/v1;VirtualService;{hosts: ['*']}",
        "networking.istio.io/v1;Gateway;{servers: [{hosts: ['*']}]}",
        "getambassador.io/v3alpha1;Mapping;{prefix: /}",
        "apisix.apache.org/v2;ApisixRoute;{http: [{match: {paths: [/]}}]}"})
    void aRuleForEveryHostIsRefused(String apiVersion, String kind, String spec) {
        assertThat(with("{apiVersion: " + apiVersion + ", kind: " + kind + ", metadata: {name: web}, spec: " + spec
                + "}"))
                .singleElement().asString().startsWith(kind + " web has a rule for every host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.example.org", "SHOP.example.org"})
    void aWildcardAndAnotherSpellingServeTheLiveHostToo(String host) {
        assertThat(with(ingress("host: '" + host + "'"))).anyMatch(refusal ->
                refusal.startsWith("Ingress web would serve the host " + LIVE_HOST + " of the live release"));
    }

    @Test
    void aRegularExpressionIsTriedOnTheLiveHosts() {
        String route =
                "{apiVersion: traefik.io/v1alpha1, kind: IngressRoute, metadata: {name: web}, spec: {routes: [{match:"
                + " 'HostRegexp(`EXPRESSION`)'}]}}";
        assertThat(with(route.replace("EXPRESSION", "^shop\\..+\\.org$"))).singleElement().asString()
                .contains(LIVE_HOST + " of the live release");
        assertThat(with(route.replace("EXPRESSION", "^.+\\.shop\\.test$"))).isEmpty();
    }

    @Test
    void callersWithinTheClusterAreNoUsersOfAHost() {
        String mesh =
                "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: mesh}, spec: {hosts:"
                        + " [HOST]}}";
        assertThat(with(mesh.replace("HOST", "shop"))).isEmpty();
        assertThat(with(mesh.replace("HOST", "shop." + OWN + ".svc.cluster.local"))).isEmpty();
        assertThat(with(mesh.replace("HOST", "shop.shop.svc.cluster.local"))).hasSize(1);
        assertThat(with(
                "{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: mesh}, spec: {parentRefs:"
                + " [{kind: Service, name: shop}]}}")).isEmpty();
    }

    @Test
    void whatTakesALiveHostsNameOrCertificateIsRefused() {
        assertThat(with("{apiVersion: v1, kind: Service, metadata: {name: shop, annotations: {"
                + "external-dns.alpha.kubernetes.io/hostname: 'a.test,shop.example.org.'}}}")).singleElement()
                .asString()
                .startsWith("the annotation external-dns.alpha.kubernetes.io/hostname of Service shop names the host "
                        + LIVE_HOST + " of the live release");
        assertThat(with("{apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: tls}, spec: {dnsNames: ["
                + LIVE_HOST + "]}}")).singleElement().asString()
                .startsWith("dnsNames in Certificate tls names the host");
        assertThat(with(
                "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web}, spec: {tls: [{hosts: ["
                + LIVE_HOST + "]}], rules: [{host: " + OWN_HOST + "}]}}")).singleElement().asString()
                .startsWith("hosts in Ingress web names the host");
        assertThat(with("{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web, annotations: {"
                + "nginx.ingress.kubernetes.io/cors-allow-origin: 'https://shop.example.org'}}, spec: {rules: [{host: "
                + OWN_HOST + "}]}}")).as("a host that may ask is none that is served").isEmpty();
        assertThat(with("{apiVersion: v1, kind: Service, metadata: {name: shop, annotations: {"
                + "external-dns.alpha.kubernetes.io/hostname: my-shop.example.org}}}")).as("another host").isEmpty();
    }

    @Test
    void anAddressThatOnlyOneServiceCanHaveIsRefused() {
        String service = "{apiVersion: v1, kind: Service, metadata: {name: shop}, spec: {SPEC}}";
        assertThat(with(service.replace("SPEC", "ports: [{port: 80, nodePort: 30080}]"))).singleElement().asString()
                .startsWith("Service shop asks for the nodePort 30080, which the live release has");
        assertThat(with(service.replace("SPEC", "loadBalancerIP: 192.0.2.7, clusterIP: 10.0.0.7"))).hasSize(2);
        assertThat(with(service.replace("SPEC", "ports: [{port: 80, nodePort: 30081}], type: NodePort"))).isEmpty();
    }

    @Test
    void ofSeveralRolloutsTheChosenOneIsNeeded() {
        String worker = ROLLOUT.replaceFirst("name: \\w+", "name: worker");
        chosen = Optional.of("worker");
        assertThat(refusals(ROLLOUT, worker, ROUTE.replace("HOST", OWN_HOST))).isEmpty();
        chosen = Optional.of("api");
        assertThat(refusals(ROLLOUT, worker, ROUTE.replace("HOST", OWN_HOST))).singleElement().asString()
                .endsWith("2 Rollouts (shop, worker), and none is api; set ROLLOUT to the one that releases");
    }

    @Test
    void aReleaseWithoutARouteNeedsNoneInItsClones() {
        LiveRelease routeless = LiveRelease.of("shop", objects(ROLLOUT));
        assertThat(new CloneGuard(routeless, OWN, OWN_HOST, CloneGuardTest::scope, chosen).refusals(objects(ROLLOUT)))
                .isEmpty();
    }

    @Test
    void theMessageNamesTheFirstCauseAtOnce() {
        assertThat(new UnsafeClone("shop", List.of("one", "other"))).hasMessage(
                "No copy of the Application shop can be deployed safely, and none was: one\n  other");
    }

    /** Returns the findings for an object in a chart that has no other fault. */
    private List<String> with(String object) {
        return refusals(ROLLOUT, ROUTE.replace("HOST", OWN_HOST).replace("name: web", "name: right"), object);
    }

    private List<String> refusals(String... objects) {
        return new CloneGuard(live, OWN, OWN_HOST, CloneGuardTest::scope, chosen).refusals(objects(objects));
    }

    private static ObjectScope scope(ManifestObject object) {
        return object.kind().equals("Unknown") ? ObjectScope.UNKNOWN
                : OF_THE_CLUSTER.contains(object.kind()) ? ObjectScope.CLUSTER : ObjectScope.NAMESPACE;
    }

    private static String ingress(String rule) {
        return "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web}, spec: {rules: [{" + rule
                + "}]}}";
    }

    private static List<ManifestObject> objects(String... yaml) {
        List<ManifestObject> objects = new ArrayList<>();
        for (String text : yaml) {
            try {
                objects.add(new ManifestObject(YAML.readTree(text)));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(text, e);
            }
        }
        return objects;
    }
}
