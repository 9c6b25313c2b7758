package delivery.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.route.RouteObjects.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class RouteJudgeTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HOST = "shop.test";
    private static final String BLUE_GREEN = """
            metadata: {name: shop}
            spec:
              template: {metadata: {labels: {app: shop}}}
              strategy: {blueGreen: {activeService: shop, previewService: shop-preview}}
            """;
    private static final String CANARY = """
            metadata: {name: shop}
            spec:
              template: {metadata: {labels: {app: shop}}}
              strategy:
                canary:
                  stableService: shop
                  canaryService: shop-canary
                  trafficRouting: {%s}
            """;
    private static final String TRAEFIK = CANARY.formatted("traefik: {weightedTraefikServiceName: shop}");
    private static final String NGINX = CANARY.formatted("nginx: {stableIngress: shop}");
    private static final String HTTP_ROUTE = CANARY.formatted("plugins: {argoproj-labs/gatewayAPI: {httpRoute: shop}}");
    /** A route whose weights nobody changes, as under blue-green. */
    private static final String WEIGHTED = """
            metadata: {name: shop}
            spec: {weighted: {services: [{name: shop, weight: %d}, {name: shop-canary, weight: %d}]}}
            """;

    private final Map<Kind, List<JsonNode>> objects = new EnumMap<>(Kind.class);

    @BeforeEach
    void services() {
        for (Kind kind : Kind.values()) {
            objects.put(kind, new ArrayList<>());
        }
        for (String name : List.of("shop", "shop-canary", "shop-preview")) {
            add(Kind.SERVICE, "metadata: {name: " + name + "}\nspec: {selector: {app: shop}}\n");
        }
        add(Kind.SERVICE, "metadata: {name: docs}\nspec: {selector: {app: docs}}\n");
        add(Kind.SERVICE, "metadata: {name: bare}\nspec: {}\n");
    }

    /** In place, the namespace may have Rollouts of other Applications. */
    @Test
    void anothersRolloutIsLeftOut() throws JsonProcessingException {
        RouteObjects both = new RouteObjects(Map.of(Kind.ROLLOUT, List.of(JSON.readTree(
                "{\"metadata\": {\"name\": \"cart\"}}"), JSON.readTree(
                "{\"metadata\": {\"name\": \"shop\"}}"))), List.of());
        assertThat(both.of(Optional.of("shop")).of(Kind.ROLLOUT)).singleElement()
                .satisfies(left -> assertThat(left.at("/metadata/name").asText()).isEqualTo("shop"));
        assertThat(both.of(Optional.empty())).isEqualTo(both);
        RouteObjects unread = new RouteObjects(Map.of(), List.of("rollouts (HTTP 403)"));
        assertThat(unread.of(Optional.of("shop")).isKnown(Kind.ROLLOUT)).as("it is still not known").isFalse();
    }

    @Test
    void aRouteThatIsRightHasNothingWrong() {
        add(Kind.ROLLOUT, BLUE_GREEN);
        route("Host(`shop.test`)", "{kind: TraefikService, name: shop}");
        add(Kind.TRAEFIK_SERVICE, WEIGHTED.formatted(100, 0));
        assertThat(findings()).isEqualTo(new RouteFindings(List.of(), List.of(), List.of()));

        objects.get(Kind.ROLLOUT).clear();
        add(Kind.ROLLOUT, TRAEFIK);
        objects.get(Kind.TRAEFIK_SERVICE).clear();
        add(Kind.TRAEFIK_SERVICE, WEIGHTED.formatted(40, 60));
        assertThat(findings()).isEqualTo(new RouteFindings(List.of(), List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host(`shop.test`) && Path(`/`)", "Host(`other.test`) || Host(`SHOP.test`)",
        "Host(`other.test`, `shop.test`)", "HostRegexp(`^.+\\.test$`)", "HostRegexp(`^(shop|web)\\.test$`)",
        "HostRegexp(`{sub:[a-z]+}.test`)",
                "PathPrefix(`/`)",
        "!Host(`other.test`)"})
    void anotherPathOfTheHostThatLeadsToTheCanaryIsWrong(String match) {
        add(Kind.ROLLOUT, BLUE_GREEN);
        route("Host(`shop.test`) && PathPrefix(`/version`)", "{name: shop}");
        route(match, "{name: shop-canary}");

        assertThat(wrong())
                .containsExactly("IngressRoute shop (" + match + ") leads users to the Service shop-canary, which"
                + " selects pods of every version, not to the active Service shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host(`other.test`)", "HostRegexp(`^other`)", "!Host(`shop.test`)"})
    void aRuleForAnotherHostDoesNotMatter(String match) {
        add(Kind.ROLLOUT, BLUE_GREEN);
        route(match, "{name: shop-preview}");
        assertThat(findings().wrong()).isEmpty();
        assertThat(findings().notes())
                .containsExactly("no IngressRoute, Ingress or HTTPRoute of the namespace is for shop.test");
    }

    @Test
    void underBlueGreenUsersAreNotLedToThePreview() {
        add(Kind.ROLLOUT, BLUE_GREEN);
        route("Host(`shop.test`)", "{name: shop-preview}");
        assertThat(wrong()).containsExactly("IngressRoute shop (Host(`shop.test`)) leads users to the preview Service"
                + " shop-preview itself, not to the active Service shop");
    }

    /** The weights of the route's two Services are swapped. */
    @Test
    void underBlueGreenUsersAreNotLedToTheCanaryByAWeight() {
        add(Kind.ROLLOUT, BLUE_GREEN);
        route("Host(`shop.test`)", "{kind: TraefikService, name: shop}");
        add(Kind.TRAEFIK_SERVICE, WEIGHTED.formatted(0, 100));
        assertThat(wrong()).singleElement().asString()
                .startsWith("IngressRoute shop (Host(`shop.test`)) leads users to the"
                + " Service shop-canary, which selects pods of every version");
    }

    @Test
    void inACanaryNeitherServiceIsLedToByItself() {
        add(Kind.ROLLOUT, TRAEFIK);
        add(Kind.TRAEFIK_SERVICE, WEIGHTED.formatted(100, 0));
        route("Host(`shop.test`)", "{kind: TraefikService, name: shop}");
        route("Host(`shop.test`) && Path(`/a`)", "{name: shop-canary}");
        route("Host(`shop.test`) && Path(`/b`)", "{name: shop}");
        assertThat(wrong()).containsExactly(
                "IngressRoute shop (Host(`shop.test`) && Path(`/a`)) leads users to the canary Service shop-canary"
                        + " itself, not"
                        + " to the stable Service shop and the canary's by their weights",
                "IngressRoute shop (Host(`shop.test`) && Path(`/b`)) leads users to the stable Service shop past the"
                        + " object"
                        + " in which the Rollout moves weights, so that none of them gets the canary");
    }

    @Test
    void whatIsNotThereIsNamed() {
        add(Kind.ROLLOUT, TRAEFIK);
        route("Host(`shop.test`)", "{kind: TraefikService, name: shop-weights}");
        assertThat(wrong()).containsExactly("the Rollout moves weights in TraefikService shop, which is not there",
                "IngressRoute shop (Host(`shop.test`)) leads to TraefikService shop-weights, which is not there");

        objects.get(Kind.INGRESS_ROUTE).clear();
        add(Kind.TRAEFIK_SERVICE, WEIGHTED.formatted(100, 0));
        route("Host(`shop.test`) && Path(`/gone`)", "{name: gone}");
        assertThat(wrong()).containsExactly(
                "IngressRoute shop (Host(`shop.test`) && Path(`/gone`)) leads to the Service gone, which is not there");
    }

    @Test
    void aWeightedObjectMustHaveBothServices() {
        add(Kind.ROLLOUT, TRAEFIK);
        route("Host(`shop.test`)", "{kind: TraefikService, name: shop}");
        add(Kind.TRAEFIK_SERVICE, "metadata: {name: shop}\nspec: {weighted: {services: [{name: shop, weight: 1}]}}\n");
        assertThat(wrong())
                .containsExactly("IngressRoute shop (Host(`shop.test`)) leads to no Service shop-canary, to which"
                + " the Rollout gives weight");
    }

    @Test
    void aServiceOfAnotherApplicationIsReportedAndNotJudged() {
        add(Kind.ROLLOUT, BLUE_GREEN);
        route("Host(`shop.test`) && PathPrefix(`/docs`)", "{name: docs}");
        route("Host(`shop.test`) && PathPrefix(`/bare`)", "{name: bare}");
        assertThat(findings().wrong()).isEmpty();
        assertThat(findings().notes()).containsExactly(
                "IngressRoute shop (Host(`shop.test`) && PathPrefix(`/docs`)) leads to the Service docs of another"
                        + " application",
                "IngressRoute shop (Host(`shop.test`) && PathPrefix(`/bare`)) leads to the Service bare of another"
                        + " application");
    }

    @Test
    void aRuleForSomeUsersIsReportedAndNotJudged() {
        add(Kind.ROLLOUT, BLUE_GREEN);
        route("Host(`shop.test`) && Header(`X-Preview`, `1`)", "{name: shop-preview}");
        assertThat(findings().wrong()).isEmpty();
        assertThat(findings().notes()).singleElement().asString().contains("is for some requests only");
    }

    @Test
    void throughOtherTraefikServicesAndMirrorsTheWayIsFollowed() {
        add(Kind.ROLLOUT, BLUE_GREEN);
        route("Host(`shop.test`)", "{kind: TraefikService, name: outer}");
        add(Kind.TRAEFIK_SERVICE, "metadata: {name: outer}\nspec: {mirroring: {name: inner, kind: TraefikService,"
                + " mirrors: [{name: shop-preview, percent: 10}]}}\n");
        add(Kind.TRAEFIK_SERVICE,
                "metadata: {name: inner}\nspec: {weighted: {services: [{name: outer, kind: TraefikService},"
                + " {name: api@internal, kind: TraefikService}, {name: shop-preview, weight: 5}]}}\n");
        assertThat(wrong()).singleElement().asString().contains("to the preview Service shop-preview itself");
    }

    @Test
    void anIngressIsReadWithItsDefaultBackend() {
        add(Kind.ROLLOUT, BLUE_GREEN);
        add(Kind.INGRESS, """
                metadata: {name: shop}
                spec:
                  defaultBackend: {service: {name: shop-preview, port: {number: 80}}}
                  rules:
                    - host: shop.test
                      http: {paths: [{path: /version, backend: {service: {name: shop, port: {number: 80}}}},
                        {path: /redirect, backend: {service: {name: ssl-redirect, port: {name: use-annotation}}}}]}
                    - host: other.test
                      http: {paths: [{path: /, backend: {service: {name: gone, port: {number: 80}}}}]}
                """);
        assertThat(wrong())
                .containsExactly("Ingress shop (every other path) leads users to the preview Service shop-preview"
                + " itself, not to the active Service shop");
    }

    @Test
    void anIngressThatTheRolloutNamesLeadsToTheStableServiceItself() {
        add(Kind.ROLLOUT, NGINX);
        ingress("shop", "*.test", "/", "shop", "");
        ingress("shop-shop-canary", "shop.test", "/", "shop-canary", "nginx.ingress.kubernetes.io/canary: \"true\"");
        assertThat(findings().wrong()).isEmpty();

        ingress("more", "shop.test", "/more", "shop", "");
        ingress("other", "shop.test", "/other", "shop-canary", "");
        assertThat(wrong()).hasSize(2);
        assertThat(wrong().get(0))
                .startsWith("Ingress more (shop.test/more) leads users to the stable Service shop past");
        assertThat(wrong().get(1))
                .startsWith("Ingress other (shop.test/other) leads users to the canary Service shop-canary itself");
    }

    @Test
    void aStableIngressThatIsACanaryItselfServesNobody() {
        add(Kind.ROLLOUT, NGINX);
        ingress("shop", "shop.test", "/", "shop", "nginx.ingress.kubernetes.io/canary: \"true\"");
        assertThat(wrong())
                .containsExactly("Ingress shop, which the Rollout names as its stable one, is itself annotated as a"
                + " canary, so that no Ingress serves users");
    }

    @Test
    void anHttpRouteIsRead() {
        add(Kind.ROLLOUT, HTTP_ROUTE);
        httpRoute("shop", "[{backendRefs: [{name: shop, weight: 80}, {name: shop-canary, weight: 20}]}]");
        assertThat(findings().wrong()).isEmpty();

        httpRoute("pages", "[{matches: [{path: {value: /}}], backendRefs: [{name: shop-canary}]},"
                + " {matches: [{headers: [{name: X}]}], backendRefs: [{name: shop-canary}]},"
                + " {matches: [{path: {value: /x}}], backendRefs: [{name: shop, namespace: elsewhere}]}]");
        assertThat(wrong()).singleElement().asString()
                .startsWith("HTTPRoute pages (/) leads users to the canary Service shop-canary itself");
    }

    /** Paths of the host may lead to what teams share: oauth2-proxy, pages for errors. */
    @Test
    void aBackendOfAnotherNamespaceIsAnotherApplications() {
        add(Kind.ROLLOUT, BLUE_GREEN);
        route("Host(`shop.test`)", "{name: shop}");
        route("Host(`shop.test`) && PathPrefix(`/oauth2`)", "{name: oauth2-proxy, namespace: auth, port: 4180}");
        route("Host(`shop.test`) && PathPrefix(`/docs`)", "{kind: TraefikService, name: docs, namespace: web}");
        assertThat(findings().wrong()).isEmpty();
        add(Kind.INGRESS_ROUTE, "metadata: {name: own, namespace: shop}\nspec: {routes: [{match: Host(`shop.test`),"
                + " services: [{name: gone, namespace: shop}]}]}\n");
        assertThat(wrong()).singleElement().asString().contains("leads to the Service gone, which is not there");
    }

    @Test
    void aRouteThatThePluginFindsByItsLabelsIsTheRouter() {
        add(Kind.ROLLOUT, CANARY.formatted("plugins: {argoproj-labs/gatewayAPI: {httpRouteSelector: {matchLabels:"
                + " {app: shop, tier: web}}}}"));
        String rules = "[{backendRefs: [{name: shop, weight: 80}, {name: shop-canary, weight: 20}]}]";
        labelledRoute("{app: shop, tier: web, team: a}", rules);
        assertThat(findings().wrong()).isEmpty();
        objects.get(Kind.HTTP_ROUTE).clear();
        labelledRoute("{app: shop}", rules);
        assertThat(wrong()).singleElement().asString().contains("leads users to the canary Service shop-canary itself");
    }

    private void labelledRoute(String labels, String rules) {
        add(Kind.HTTP_ROUTE, "metadata: {name: shop, labels: " + labels + "}\nspec: {hostnames: [shop.test], rules: "
                + rules + "}\n");
    }

    @Test
    void withoutATrafficRouterSharesAreThoseOfThePods() {
        add(Kind.ROLLOUT, "metadata: {name: shop, uid: u}\nspec: {strategy: {canary: {}}}\n");
        ingress("shop", "shop.test", "/", "shop", "");
        assertThat(findings().wrong()).isEmpty();
        replicaSet("old", "{app: shop, version: '1'}", 4);
        replicaSet("new", "{app: shop, version: '2'}", 1);
        assertThat(findings()).isEqualTo(new RouteFindings(List.of(), List.of(), List.of()));
    }

    /** This happens with a chart whose Services select the version that the chart has now. */
    @ParameterizedTest
    @CsvSource({"1,the new version", "2,the version before"})
    void aServiceThatLeavesOutAVersionIsWrongWithoutATrafficRouter(String selected, String version) {
        byPods("");
        selecting("{app: shop, version: '" + selected + "'}");
        assertThat(wrong()).containsExactly("Ingress shop (shop.test/) leads users to the Service shop, whose selector"
                + " version=" + selected + " leaves out the pods of " + version + "; without a traffic router the share"
                + " is that of the pods, so that users need a Service that has those of both versions");
    }

    @Test
    void aServiceThatTheRolloutGivesToOneVersionIsWrongWithoutATrafficRouter() {
        byPods("stableService: shop, ");
        selecting("{app: shop, rollouts-pod-template-hash: old}");
        assertThat(wrong()).singleElement().asString().startsWith("Ingress shop (shop.test/) leads users to the Service"
                + " shop, which the Rollout gives to one version alone; without a traffic router");
    }

    @Test
    void aServiceOfAnotherApplicationHasNoneOfThePods() {
        byPods("");
        selecting("{app: docs}");
        assertThat(findings().wrong()).isEmpty();
        objects.get(Kind.REPLICA_SET).remove(0);
        assertThat(wrong()).as("with one version only").singleElement().asString().contains("app=docs leaves out");
    }

    @Test
    void howAPodIsChosenIsReportedWithoutATrafficRouter() {
        byPods("");
        objects.get(Kind.SERVICE).clear();
        add(Kind.SERVICE, "metadata: {name: shop, annotations: {traefik.ingress.kubernetes.io/service.nativelb:"
                + " 'true'}}\nspec: {selector: {app: shop}, sessionAffinity: ClientIP}\n");
        assertThat(findings().wrong()).isEmpty();
        assertThat(findings().notes()).hasSize(2);
        assertThat(findings().notes().get(0)).contains("sessionAffinity: ClientIP");
        assertThat(findings().notes().get(1)).contains("leaves it to kube-proxy to choose a pod");
    }

    /** The route of a waiting release has the weights of its step; that of a moving one may not have them yet. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Paused|20|canary-weight: '20'|",
        "Paused|20|canary-weight: '20', nginx.ingress.kubernetes.io/canary-weight-total: '1000'|gives the canary"
                + " Service 2% (by a weight of 1000), and the Rollout says that it asked for 20%",
        "Paused|20|canary-by-header: X, nginx.ingress.kubernetes.io/canary-weight: '0'|",
        "Paused|20|canary-weight: 'x'|gives the canary Service 0% (by a weight of 100)",
        "Healthy|0|canary-weight: '60'|gives the canary Service 60% (by a weight of 100), and the Rollout says that it"
                + " asked for 0%",
        "Progressing|20|canary-weight: '0'|"})
    void aWeightThatTheObjectDoesNotHaveIsWrong(String phase, int asked, String annotation, String words) {
        add(Kind.ROLLOUT, NGINX + "status: {phase: " + phase + ", canary: {weights: {canary: {weight: " + asked
                + "}}}}\n");
        ingress("shop", "shop.test", "/", "shop", "");
        ingress("shop-shop-canary", "shop.test", "/", "shop-canary", "nginx.ingress.kubernetes.io/canary: 'true',"
                + " nginx.ingress.kubernetes.io/" + annotation);
        if (words == null) {
            assertThat(findings().wrong()).isEmpty();
        } else {
            assertThat(wrong()).singleElement().asString()
                    .startsWith("Ingress shop-shop-canary (shop.test/) " + words);
        }
    }

    @Test
    void aWeightThatSomebodyPutBackIsWrong() {
        add(Kind.ROLLOUT, TRAEFIK + "status: {phase: Paused, canary: {weights: {canary: {weight: 20}}}}\n");
        add(Kind.TRAEFIK_SERVICE, WEIGHTED.formatted(100, 0));
        route("Host(`shop.test`)", "{kind: TraefikService, name: shop}");
        assertThat(wrong()).containsExactly("IngressRoute shop (Host(`shop.test`)) gives the canary Service 0%, and the"
                + " Rollout says that it asked for 20%");
    }

    @Test
    void theServiceThatUsersAskWithoutARouteIsJudgedAsTheirRouteWouldBe() {
        byPods("");
        assertThat(byService("shop").wrong()).isEmpty();
        selecting("{app: shop, version: '1'}");
        assertThat(byService("shop").wrong()).singleElement().asString().startsWith("The users' way (no route) leads"
                + " users to the Service shop, whose selector version=1 leaves out the pods of the new version");
        assertThat(byService("gone").wrong()).containsExactly("The users' way (no route) leads to the Service gone,"
                + " which is not there");
        services();
        add(Kind.ROLLOUT, BLUE_GREEN);
        assertThat(byService("shop")).isEqualTo(new RouteFindings(List.of(), List.of(), List.of()));
        assertThat(byService("shop-preview").wrong()).singleElement().asString().contains("the preview Service");
        objects.get(Kind.ROLLOUT).clear();
        assertThat(byService("shop").text()).isEmpty();
    }

    private RouteFindings byService(String name) {
        return RouteJudge.judgeService(new RouteObjects(objects, List.of()), name);
    }

    private void byPods(String services) {
        add(Kind.ROLLOUT, "metadata: {name: shop, uid: u}\nspec: {strategy: {canary: {" + services + "steps: []}}}\n"
                + "status: {stableRS: old, currentPodHash: new}\n");
        ingress("shop", "shop.test", "/", "shop", "");
        replicaSet("old", "{app: shop, version: '1'}", 4);
        replicaSet("new", "{app: shop, version: '2'}", 1);
        replicaSet("gone", "{app: shop, version: '0'}", 0);
    }

    private void selecting(String selector) {
        objects.get(Kind.SERVICE).clear();
        add(Kind.SERVICE, "metadata: {name: shop}\nspec: {selector: " + selector + "}\n");
    }

    private void replicaSet(String hash, String labels, int pods) {
        add(Kind.REPLICA_SET, "metadata: {name: shop-" + hash + ", ownerReferences: [{uid: u}]}\nspec: {replicas: "
                + pods + ", template: {metadata: {labels: " + labels.replace("}", ", rollouts-pod-template-hash: "
                + hash + "}") + "}}}\n");
    }

    @Test
    void whatIsNotReadIsReportedAndNotTakenForMissing() {
        add(Kind.ROLLOUT, TRAEFIK);
        route("Host(`shop.test`)", "{kind: TraefikService, name: shop}");
        objects.remove(Kind.TRAEFIK_SERVICE);
        objects.remove(Kind.SERVICE);
        RouteFindings findings =
                RouteJudge.judge(new RouteObjects(objects, List.of("traefikservices (HTTP 403)")), HOST);
        assertThat(findings.wrong()).isEmpty();
        assertThat(findings.notes()).containsExactly("not read: traefikservices (HTTP 403)");
    }

    @Test
    void aRouterWhoseObjectsAreNotKnownIsReported() {
        add(Kind.ROLLOUT, CANARY.formatted("istio: {virtualService: {name: shop}}"));
        ingress("shop", "shop.test", "/", "shop", "");
        assertThat(findings().wrong()).isEmpty();
        assertThat(findings().notes())
                .containsExactly("the Rollout's weights go by istio, whose objects are not judged");
    }

    @Test
    void stickySessionsAreFound() {
        add(Kind.ROLLOUT, TRAEFIK);
        add(Kind.TRAEFIK_SERVICE, "metadata: {name: shop}\nspec: {weighted: {sticky: {cookie: {name: route}},"
                + " services: [{name: shop}, {name: shop-canary}]}}\n");
        route("Host(`shop.test`)", "{kind: TraefikService, name: shop, sticky: {cookie: {}}}");
        ingress("a", "other.test", "/", "shop", "nginx.ingress.kubernetes.io/affinity: cookie");
        assertThat(findings().sticky()).containsExactly("sticky.cookie route of TraefikService shop",
                "sticky.cookie of IngressRoute shop", "affinity cookie of Ingress a");
    }

    @Test
    void withoutARolloutNothingIsJudged() {
        assertThat(findings().notes()).containsExactly("there is no Rollout that routes could be judged by");
        assertThat(findings().complaint()).isEmpty();
        assertThat(findings().text()).startsWith("there is no Rollout");
    }

    private RouteFindings findings() {
        return RouteJudge.judge(new RouteObjects(objects, List.of()), HOST);
    }

    private List<String> wrong() {
        return findings().wrong();
    }

    private void route(String match, String service) {
        add(Kind.INGRESS_ROUTE, "metadata: {name: shop}\nspec: {routes: [{match: " + JSON.valueToTree(match)
                + ", services: [" + service + "]}]}\n");
    }

    private void ingress(String name, String host, String path, String service, String annotation) {
        add(Kind.INGRESS, "metadata: {name: " + name + ", annotations: {" + annotation + "}}\nspec: {rules: [{host: '"
                + host + "', http: {paths: [{path: " + path + ", backend: {service: {name: " + service + "}}}]}}]}\n");
    }

    private void httpRoute(String name, String rules) {
        add(Kind.HTTP_ROUTE, "metadata: {name: " + name + ", namespace: shop}\nspec: {hostnames: [shop.test], rules: "
                + rules + "}\n");
    }

    private void add(Kind kind, String yaml) {
        objects.get(kind).add(JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml)));
    }
}
