package delivery.layout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.chart.Values;
import delivery.clone.ManifestObject;
import delivery.clone.ObjectScope;
import delivery.failure.EnvironmentNotFit;
import delivery.rollout.Strategy;
import delivery.traffic.Answer;
import delivery.traffic.AnswerSearch;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The survey of a team's delivery, and the messages about broken ones. */
class SurveyTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String APPLICATION = """
            {"metadata": {"name": "shop"}, "spec": {"source": {"repoURL": "https://git.test/x", "path": "chart",
              "targetRevision": "main"}, "destination": {"namespace": "shop"},
              "syncPolicy": {"automated": {"prune": true}}}, "status": {"sourceType": "Helm"}}""";
    private static final String ROLLOUT = """
            {"apiVersion": "argoproj.io/v1alpha1", "kind": "Rollout", "metadata": {"name": "shop", "namespace": "shop"},
             "spec": {"replicas": 2, "strategy": {"canary": {"stableService": "shop", "canaryService": "shop-canary",
               "trafficRouting": {"nginx": {"stableIngress": "shop"}},
               "steps": [{"setWeight": 20}, {"pause": {}}]}},
               "template": {"spec": {"containers": [{"name": "shop", "image": "ghcr.io/team/shop:v1.0.0"}]}}}}""";
    private static final String INGRESS = """
            {"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": {"name": "shop"},
             "spec": {"rules": [{"host": "shop.test"}]}}""";
    private static final String VALUES = """
            image: {repository: ghcr.io/team/shop, tag: v1.0.0}
            replicaCount: 2
            ingress: {hosts: [{host: shop.test}]}
            rollouts: {strategy: canary, canary: {steps: [{setWeight: 20}, {pause: {}}]}, blueGreen: {x: y}}
            """;
    private static final AnswerSearch.Asked ANSWER =
            page("/api/version", 200, Map.of(), "{\"version\": \"1.0.0\", \"build\": null}");

    private JsonNode application = json(APPLICATION);
    private final List<String> live = new ArrayList<>(List.of(ROLLOUT, INGRESS, service("shop"),
            service("shop-canary")));
    private final List<String> rendered = new ArrayList<>();
    private String values = VALUES;
    private Overlays overlays = Overlays.NONE;
    private NamedPlaces named = NamedPlaces.NONE;
    private Optional<String> file = Optional.of("VERSION = 1");
    private BuildSurvey versions = versions(Optional.empty(), true, Optional.empty());
    private List<AnswerSearch.Asked> answers = List.of(page("/version", 404, Map.of(), ""), ANSWER);

    @Test
    void aDeliveryIsFoundByLooking() {
        Layout layout = layout();
        assertThat(layout.refusals()).isEmpty();
        assertThat(layout.places().live()).isEqualTo(Strategy.CANARY);
        assertThat(sentences(layout)).contains(
                "packaging: Helm (status.sourceType)",
                "Rollout: shop in namespace shop (the only one of the Application)",
                "image: ghcr.io/team/shop:v1.0.0 in container shop (the live Rollout's only container)",
                "router: nginx (strategy.canary.trafficRouting)",
                "host: shop.test (Ingress shop)",
                "value of the tag: image.tag (it has the live image's tag v1.0.0 beside its repository)",
                "value of the strategy: rollouts.strategy (it says canary)",
                "version in an answer: GET /api/version, JSON /version (it says 1.0.0, which is the live tag v1.0.0"
                        + " without its v)",
                "self-heal: off (spec.syncPolicy.automated.selfHeal)",
                "owner: none (no ownerReference, tracking annotation or instance label)");
        assertThat(layout.places().ofHost("a.test")).isEqualTo(Map.of("ingress.hosts[0].host", "a.test"));
    }

    /** Helm applies --set-file last. */
    @Test
    void aTagThatAFileSetsIsRefused() {
        application = json(APPLICATION.replace("\"targetRevision\"", "\"helm\": {\"fileParameters\": [{\"name\":"
                + " \"image.tag\", \"path\": \"VERSION\"}, {\"name\": \"motd\", \"path\": \"MOTD\"}]},"
                + " \"targetRevision\""));
        assertThat(layout().refusals()).containsExactly("value of the tag: image.tag (spec.source.helm.fileParameters"
                + " takes it from a file of the repository, which wins over a parameter; set it by a value file or a"
                + " parameter)");
    }

    @Test
    void theSourceHydratorIsRefusedByName() {
        application = json(APPLICATION.replaceFirst("(?s)\"source\": \\{.*?\\},", "\"sourceHydrator\": {\"drySource\":"
                + " {}},")
                .replace("Helm", "Directory"));
        assertThat(layout().refusals()).singleElement().asString().startsWith("packaging: by the source hydrator"
                + " (spec.sourceHydrator; Argo CD renders it into a commit");
        assertThat(layout().refusalsInPlace(true)).anyMatch(why -> why.contains("spec.sourceHydrator has Argo CD"));
    }

    @Test
    void withoutARolloutThereIsNothingToProve() {
        live.remove(ROLLOUT);
        assertThat(layout().refusals()).containsExactly("Rollout: none (none of the 3 live objects of the"
                + " Application is one; set APPLICATION to one that delivers a Rollout)");
    }

    @Test
    void ofTwoRolloutsOneIsNamed() {
        live.add(ROLLOUT.replace("\"name\": \"shop\", \"n", "\"name\": \"worker\", \"n"));
        assertThat(layout().refusals()).containsExactly("Rollout: not clear: shop or worker (the Application has"
                + " several); set ROLLOUT to one of shop, worker");
        named = new NamedPlaces(Map.of(Item.ROLLOUT, "shop"), Map.of());
        assertThat(layout().refusals()).isEmpty();
        assertThat(hindrance(Need.COPY)).isEmpty();
        assertThat(layout().chosen()).contains("shop");
        assertThat(sentences(layout())).contains("Rollout: shop (set by ROLLOUT; copies have worker as well, left"
                + " alone; a new tag that worker gets too, having the same image, is promoted there by nobody, and"
                + " Argo CD's Suspended for that is not held against the release)");
        live.set(live.size() - 1, live.get(live.size() - 1).replace("team/shop", "team/worker"));
        assertThat(sentences(layout())).contains("Rollout: shop (set by ROLLOUT; copies have worker as well, left"
                + " alone)");
        named = new NamedPlaces(Map.of(Item.ROLLOUT, "web"), Map.of());
        assertThat(layout().refusals()).singleElement().asString().contains("there is no Rollout web");
    }

    @Test
    void whereAnAutoscalerDecidesNoValueIsMissed() {
        values = VALUES.replace("replicaCount", "other");
        live.add("""
                {"kind": "HorizontalPodAutoscaler", "apiVersion": "autoscaling/v2", "metadata": {"name": "own"},
                 "spec": {"scaleTargetRef": {"kind": "Rollout", "name": "shop"}}}""");
        assertThat(sentences(layout())).filteredOn(sentence -> sentence.startsWith("value of the replicas"))
                .containsExactly("value of the replicas: own (HorizontalPodAutoscaler own decides how many pods there"
                        + " are)");
        values = VALUES;
        assertThat(sentences(layout())).filteredOn(sentence -> sentence.startsWith("value of the replicas"))
                .containsExactly("value of the replicas: replicaCount (by its name and form; it is what the live"
                        + " Rollout has; HorizontalPodAutoscaler own decides how many pods there are)");
        assertThat(layout().places().replicas()).isEmpty();
    }

    @Test
    void whereNoAnswerHoldsTheVersionEachPathIsListed() {
        answers = List.of(page("/version", 404, Map.of(), ""), page("/", 0, Map.of(),
                "connection refused"));
        assertThat(hindrance(Need.VERSION)).contains("version in an answer: not found (no answer of the live release"
                + " holds its tag v1.0.0: HTTP 404 at /version; connection refused at /); set VERSION_PATH");
    }

    @Test
    void aGatewayThatAsksForALoginIsReportedAsSuch() {
        answers = List.of(page("/version", 401, Map.of(), ""), page("/", 403, Map.of(), ""));
        assertThat(hindrance(Need.VERSION)).get().asString().startsWith("version in an answer: none (the gateway lets"
                + " nobody in without a login, or not from here: HTTP 401 at /version; HTTP 403 at /; give");
    }

    @Test
    void aGatewayThatSendsUsersOnOrHasAnotherAuthorityIsReportedWithItsSetting() {
        answers = List.of(page("/version", 308, Map.of(), ""), page("/", 301, Map.of(), ""));
        assertThat(hindrance(Need.VERSION)).get().asString().startsWith("gateway: sends users elsewhere (HTTP 301 at /;"
                + " HTTP 308 at /version; set GATEWAY to where");
        answers = List.of(page("/", 0, Map.of(), "TLS: PKIX path building failed"));
        assertThat(hindrance(Need.VERSION)).get().asString().contains("TLS: PKIX path building failed; set GATEWAY_CA");
    }

    @Test
    void aCanaryWithoutAStepThatHoldsAWeightHasNoShareToMeasure() {
        assertThat(hindrance(Need.CANARY)).isEmpty();
        live.set(0, ROLLOUT.replace("{\"setWeight\": 20}, {\"pause\": {}}", "{\"setWeight\": 20}"));
        assertThat(hindrance(Need.CANARY)).get().asString().contains("has no step that holds a weight", "pause: {}");
        live.set(0, ROLLOUT.replaceAll("\"steps\": \\[.*?\\]", "\"steps\": []"));
        assertThat(hindrance(Need.CANARY)).isPresent();
    }

    @Test
    void aSourceWithAnEmptyPathIsNothingButAReference() {
        application = json(APPLICATION.replace("\"source\": {", "\"sources\": [{\"repoURL\": \"https://git.test/v\","
                + " \"ref\": \"values\", \"path\": \"\"}, {").replace("\"main\"}", "\"main\"}]")
                .replace("\"sourceType\": \"Helm\"", "\"sourceTypes\": [\"\", \"Helm\"]"));
        assertThat(layout().refusals()).isEmpty();
    }

    @Test
    void aVersionMayStandInAHeader() {
        answers = List.of(page("/version", 404, Map.of("x-app-version", "v1.0.0"), ""),
                page("/", 200, Map.of("x-app-version", "v1.0.0"), "shop\n"));
        assertThat(sentences(layout())).contains("version in an answer: GET /, header x-app-version (it says v1.0.0,"
                + " which is the live tag)");
    }

    @Test
    void anUnknownPackagingIsRefusedByName() {
        application = json(APPLICATION.replace("\"Helm\"", "\"Plugin\""));
        assertThat(layout().refusals()).containsExactly("packaging: Plugin (status.sourceType; only Helm and Kustomize"
                + " are supported)");
        application = json(APPLICATION.replace("\"Helm\"", "\"Directory\""));
        assertThat(layout().refusals()).singleElement().asString().startsWith("packaging: a directory of YAML");
    }

    @Test
    void whoOwnsTheApplicationIsShown() {
        application = json(APPLICATION.replace("{\"name\": \"shop\"}", """
                {"name": "shop", "annotations": {"argocd.argoproj.io/tracking-id":
                  "apps:argoproj.io/Application:argocd/shop"}}"""));
        assertThat(sentences(layout())).contains("owner: Application apps (the annotation"
                + " argocd.argoproj.io/tracking-id; it puts back what is changed in the Application itself)");
        application = json(APPLICATION.replace("{\"name\": \"shop\"}", """
                {"name": "shop", "ownerReferences": [{"kind": "ApplicationSet", "name": "all"}]}"""));
        assertThat(sentences(layout())).anyMatch(sentence -> sentence.startsWith("owner: ApplicationSet all"));
    }

    @Test
    void anApplicationOfItsOwnCanBeProvedInPlace() {
        assertThat(layout().refusalsInPlace(true)).isEmpty();
        assertThat(sentences(layout())).anyMatch(sentence -> sentence.startsWith("in place: possible (MODE=in-place"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"annotations\": {\"argocd.argoproj.io/tracking-id\": \"apps:argoproj.io/Application:argocd/shop\"}"
                + "|Application apps owns the Application, by the annotation",
        "\"labels\": {\"argocd.argoproj.io/instance\": \"apps\"}|Application apps owns the Application, by the label",
        "\"annotations\": {\"argocd-image-updater.argoproj.io/image-list\": \"shop=ghcr.io/team/shop\"}"
                + "|Argo CD Image Updater, by the annotation",
        "\"ownerReferences\": [{\"kind\": \"ApplicationSet\", \"name\": \"all\"}]"
                + "|ApplicationSet all owns the Application, by metadata.ownerReferences"})
    void oneThatSomebodyOwnsCannot(String metadata, String why) {
        application = json(APPLICATION.replace("{\"name\": \"shop\"}", "{\"name\": \"shop\", " + metadata + "}"));
        assertThat(layout().refusalsInPlace(true)).singleElement().asString().startsWith("in place: not possible ("
                + why);
        assertThat(layout().refusals()).isEmpty();
    }

    @Test
    void aDirectoryOfYamlIsProvedInPlaceAlone() {
        application = json(APPLICATION.replace("\"Helm\"", "\"Directory\""));
        assertThat(layout().refusals()).singleElement().asString()
                .startsWith("packaging: a directory of YAML or jsonnet").contains("MODE=in-place");
        assertThat(layout().refusalsInPlace(true)).isEmpty();
        assertThat(layout().places().container()).contains("shop");
        assertThat(layout().places().ofTag("2.0.0")).containsExactly(Map.entry("container shop",
                "ghcr.io/team/shop:2.0.0"));
        assertThat(sentences(layout())).anyMatch(sentence -> sentence.startsWith("value of the tag: container shop"
                + " (plain YAML has no value for it"));
        assertThat(hindrance(Need.APPLICATION_UPDATE)).get().asString().contains("no change of the Application");
        assertThat(hindrance(Need.DIFFERING_UNDO)).get().asString().contains("the very image");
        assertThat(hindrance(Need.BLUE_GREEN)).contains("the delivery has canary alone, and plain YAML has no value"
                + " that switches it");
    }

    @Test
    void aChartHasAllThatAnApplicationUpdateNeeds() {
        assertThat(hindrance(Need.APPLICATION_UPDATE)).isEmpty();
        assertThat(hindrance(Need.DIFFERING_UNDO)).isEmpty();
    }

    /** Automated sync puts back the image of Git. */
    @Test
    void aDirectoryOfYamlIsNotProvedWhileAutomatedSyncStaysOn() {
        assertThat(layout().refusalsInPlace(false)).as("a chart").isEmpty();
        application = json(APPLICATION.replace("\"Helm\"", "\"Directory\""));
        assertThat(layout().refusalsInPlace(true)).isEmpty();
        assertThat(layout().refusalsInPlace(false)).singleElement().asString()
                .startsWith("sync policy: automated").contains("leave SELF_HEAL out");
    }

    @Test
    void aDirectoryOfYamlWithSeveralContainersAsksWhichIsReleased() {
        application = json(APPLICATION.replace("\"Helm\"", "\"Directory\""));
        live.set(0, live.get(0).replace("{\"name\": \"shop\", \"image\": \"ghcr.io/team/shop:v1.0.0\"}",
                "{\"name\": \"main\", \"image\": \"ghcr.io/team/web:1\"}, {\"name\": \"other\", \"image\":"
                + " \"ghcr.io/team/other:2\"}"));
        assertThat(layout().refusalsInPlace(true)).anyMatch(refusal -> refusal.contains("set CONTAINER"));
    }

    @Test
    void selfHealKeepsAnUndoFromLasting() {
        application = json(APPLICATION.replace("\"prune\": true", "\"selfHeal\": true"));
        assertThat(hindrance(Need.LASTING_UNDO)).get().asString().startsWith("self-heal: on")
                .contains("takes back within seconds").endsWith("or roll back by the tag");
        assertThat(layout().refusals()).isEmpty();
    }

    /** An object whose weights the controller changes is a route by definition. */
    @Test
    void aCanaryWithARouterHasARouteToBeFound() {
        live.remove(INGRESS);
        String refusal = "route: not found (none of the live objects is a route, and the Rollout moves weights by nginx"
                + " (stableIngress shop); users' requests need a route: have the Application deliver an Ingress, an"
                + " HTTPRoute or the like)";
        assertThat(hindrance(Need.VERSION)).contains(refusal);
        assertThat(layout().refusals()).as("a copy would be asked for and never answer").contains(refusal);
        assertThat(layout().refusalsInPlace(true)).contains(refusal);
    }

    @Test
    void withoutARouteTheUsersOfACanaryAskTheServiceThatHasAllItsPods() {
        byPods(selecting("shop", "None"), selecting("shop-canary", ""), selecting("shop-all", ""));
        live.set(0, live.get(0).replace("\"canary\": {", "\"canary\": {\"stableService\": \"shop\","
                + " \"canaryService\": \"shop-canary\", "));
        assertThat(layout().refusals()).isEmpty();
        assertThat(layout().refusalsInPlace(true)).isEmpty();
        assertThat(layout().exposure()).isEqualTo(Exposure.by("shop-all"));
        assertThat(layout().places().ofHost("a.test")).isEmpty();
        assertThat(sentences(layout())).contains("route: none (no Ingress, IngressRoute or HTTPRoute; users ask the"
                        + " Service shop-all; that is done through the Kubernetes API)",
                "Service of users: shop-all (the only one that selects the pods of all versions)",
                "version in an answer: GET /api/version, JSON /version (it says 1.0.0, which is the live tag v1.0.0"
                        + " without its v)");
        assertThat(layout().of(Item.VALUE_HOST)).as("there is none to set").isEmpty();
        assertThat(layout().of(Item.HOST)).isEmpty();
        assertThat(LayoutTable.of(layout())).anyMatch(line -> line.matches(" {2}route +none {2}\\(no Ingress,"
                + " IngressRoute or HTTPRoute; users ask the Service shop-all; .*"));
    }

    @Test
    void thoseOfABlueGreenReleaseAskTheActiveService() {
        byPods(selecting("shop", ""), selecting("shop-preview", ""), selecting("shop-metrics", ""));
        live.set(0, live.get(0).replaceAll("\"canary\": \\{.*?\\]\\}", "\"blueGreen\": {\"activeService\":"
                + " \"shop\", \"previewService\": \"shop-preview\"}"));
        assertThat(layout().refusals()).isEmpty();
        assertThat(sentences(layout())).contains("Service of users: shop (the Rollout's active Service)");
    }

    @Test
    void whereSeveralServicesHaveAllPodsSomebodySaysWhichUsersAsk() {
        byPods(selecting("shop", ""), selecting("shop-metrics", ""), selecting("shop-peers", "None"));
        assertThat(layout().refusals()).containsExactly("Service of users: not clear: shop or shop-metrics or"
                + " shop-peers (each selects the pods of all versions); set SERVICE to one of shop, shop-metrics,"
                + " shop-peers");
        assertThat(layout().refusalsInPlace(true)).hasSize(1);
        assertThat(sentences(layout())).anyMatch(sentence -> sentence.contains("users ask a Service;"));
        named = new NamedPlaces(Map.of(Item.SERVICE, "shop"), Map.of());
        assertThat(layout().refusals()).isEmpty();
        assertThat(sentences(layout())).contains("Service of users: shop (set by SERVICE)");
        named = new NamedPlaces(Map.of(Item.SERVICE, "web"), Map.of());
        assertThat(layout().refusals()).singleElement().asString().startsWith("Service of users: not clear: shop or"
                + " shop-metrics or shop-peers (the Service web, which SERVICE names, does not exist)");
        named = NamedPlaces.NONE;
        live.remove(3);
        live.remove(2);
        assertThat(layout().exposure()).isEqualTo(Exposure.by("shop"));
        live.remove(1);
        assertThat(layout().refusals()).containsExactly("Service of users: not found (none selects the Rollout's"
                + " pods); set SERVICE");
    }

    @Test
    void aServiceThatAnswersNobodyIsNoGatewaysFault() {
        byPods(selecting("shop", ""));
        answers = List.of(page("/version", 503, Map.of(), ""), page("/", 503, Map.of(), ""));
        assertThat(hindrance(Need.VERSION)).get().asString().startsWith("version in an answer: none (the Service shop"
                + " answers nobody: HTTP 503 at /version, /; see whether it has a ready pod");
    }

    @ParameterizedTest
    @CsvSource({"gateway.kyma-project.io/v1beta1, APIRule", "elbv2.k8s.aws/v1beta1, TargetGroupBinding",
        "networking.istio.io/v1, VirtualService", "gateway.networking.k8s.io/v1, HTTPRoute",
        "traefik.io/v1alpha1, TraefikService", "route.openshift.io/v1, Route"})
    void aRouteThatCannotBeReadIsStillOne(String version, String kind) {
        byPods(selecting("shop", ""));
        live.add("{\"apiVersion\": \"" + version + "\", \"kind\": \"" + kind + "\", \"metadata\": {\"name\":"
                + " \"shop\"}, \"spec\": {\"parentRefs\": [{\"kind\": \"Service\"}]}}");
        assertThat(layout().refusals()).singleElement().asString().startsWith("route: not found (none of the live"
                + " objects is a route that can be read, and users may come by " + kind + " shop;");
    }

    @Test
    void aRouteThatIsNotInTheClusterYetIsStillOne() {
        byPods(selecting("shop", ""));
        rendered.add(INGRESS);
        assertThat(layout().refusals()).contains("route: not found (Ingress shop is rendered and not in the cluster;"
                + " have Argo CD sync the Application, and see what it says)");
    }

    @Test
    void aRouteNeedsAGatewayToAskAt() {
        answers = List.of();
        assertThat(layout().refusals()).containsExactly("gateway: not found (users ask for shop.test there); set"
                + " GATEWAY");
        assertThat(Provability.byCopies(layout()).isEnvironment()).isFalse();
        assertThat(hindrance(Need.VERSION)).contains("gateway: not found (users ask for shop.test there); set GATEWAY");
    }

    /** Makes a canary without a router or a route, and with these further Services. */
    private void byPods(String... services) {
        live.clear();
        live.add(ROLLOUT.replaceAll("\\s+", " ").replaceAll("\"stableService.*?\\}\\}, ", "").replace("\"template\":"
                + " {", "\"template\": {\"metadata\": {\"labels\": {\"app\": \"shop\", \"tier\": \"web\"}}, "));
        live.addAll(List.of(services));
    }

    private static String selecting(String name, String address) {
        return "{\"apiVersion\": \"v1\", \"kind\": \"Service\", \"metadata\": {\"name\": \"" + name
                + "\"}, \"spec\": {\"clusterIP\": \"" + address + "\", \"selector\": {\"app\": \"shop\"},"
                + " \"ports\": [{\"port\": 80}]}}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"host\": \"*.shop.test\"}", "{\"http\": {\"paths\": []}}"})
    void aRouteForAnyHostNeedsAValueThatGivesACopyItsOwn(String rule) {
        live.set(1, INGRESS.replace("{\"host\": \"shop.test\"}", rule));
        assertThat(layout().refusals()).singleElement().asString().startsWith("value of the host: not found (Ingress"
                + " shop names no host of its own").endsWith("set VALUE_HOST");
        assertThat(layout().refusalsInPlace(true)).isEmpty();
        named = new NamedPlaces(Map.of(Item.VALUE_HOST, "ingress.host"), Map.of());
        assertThat(layout().refusals()).isEmpty();
    }

    /** The template may derive it from the other host, or have it written out. */
    @Test
    void aSecondHostThatNoValueNamesIsNotPromisedToCopies() {
        live.set(1, INGRESS.replace("]}}", ", {\"host\": \"admin.test\"}]}}"));
        assertThat(layout().refusals()).isEmpty();
        assertThat(Provability.byCopies(layout()).reservations()).containsExactly("value of the host:"
                + " ingress.hosts[0].host (it is the live host shop.test; the whole list is written; no value names the"
                + " live host admin.test, which a copy must not have: the chart should make that of the same value)");
        values = VALUES.replace("host: shop.test", "host: shop.test, alias: admin.test");
        assertThat(Provability.byCopies(layout()).reservations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop-canary, shop", "shop, shop-canary"})
    void theHostAtWhichATeamLooksAtItsNewVersionIsNotThatOfUsers(String services) {
        String[] names = services.split(", ");
        live.set(1, INGRESS.replace("[{\"host\": \"shop.test\"}]", "[" + rule("a.test", names[0]) + ", "
                + rule("b.test", names[1]) + "]"));
        assertThat(layout().host()).contains(names[0].equals("shop") ? "a.test" : "b.test");
        assertThat(sentences(layout())).anyMatch(sentence -> sentence.startsWith("host: " + (names[0].equals("shop")
                ? "a.test, b.test" : "b.test, a.test")));
    }

    /** An umbrella chart may have the page of an administrator first. */
    @Test
    void theHostOfAnotherServiceIsNotThatOfUsers() {
        live.add(service("admin"));
        live.set(1, INGRESS.replace("[{\"host\": \"shop.test\"}]", "[" + rule("admin.test", "admin") + ", "
                + rule("shop.test", "shop") + "]"));
        assertThat(layout().host()).contains("shop.test");
        live.set(1, live.get(1).replace("\"shop\"}", "\"login\"}"));
        assertThat(layout().host()).as("nothing shows which").contains("admin.test");
    }

    private static String rule(String host, String service) {
        return "{\"host\": \"" + host + "\", \"http\": {\"paths\": [{\"path\": \"/\", \"backend\": {\"service\":"
                + " {\"name\": \"" + service + "\"}}}]}}";
    }

    @Test
    void anImageWithoutATagIsRefusedByName() {
        live.set(0, ROLLOUT.replace(":v1.0.0", "@sha256:" + "a".repeat(64)));
        assertThat(layout().refusals()).first().asString().endsWith("(it has no tag, by which versions are told apart;"
                + " deploy it by one)");
    }

    @Test
    void aStableIngressThatIsACanaryItselfServesNobody() {
        live.set(1, INGRESS.replace("{\"name\": \"shop\"}", "{\"name\": \"shop\", \"annotations\":"
                + " {\"nginx.ingress.kubernetes.io/canary\": \"true\"}}"));
        assertThat(hindrance(Need.COPY)).get().asString().startsWith("router: nginx (Ingress shop, the stable one, has"
                + " the annotation").endsWith("remove the annotation)");
        assertThat(layout().unserved()).hasValueSatisfying(why -> assertThat(why).contains("remove the annotation"));
    }

    @Test
    void aFixedNamespaceAndAnObjectOfTheClusterKeepCopiesFromBeingMade() {
        rendered.add("{\"apiVersion\": \"rbac.authorization.k8s.io/v1\", \"kind\": \"ClusterRole\", \"metadata\":"
                + " {\"name\": \"shop\"}}");
        assertThat(hindrance(Need.COPY)).get().asString()
                .startsWith("copies: none can be made (ClusterRole shop is an object of the whole cluster");
        rendered.set(0, service("shop").replace("\"name\"", "\"namespace\": \"production\", \"name\""));
        assertThat(hindrance(Need.COPY)).get().asString()
                .contains("Service shop has the namespace production written into it");
    }

    @Test
    void whatTheChecksOfARenderedCopyRefuseIsNotPromised() {
        rendered.add(INGRESS);
        rendered.add("{\"apiVersion\": \"networking.istio.io/v1\", \"kind\": \"Gateway\", \"metadata\": {\"name\":"
                + " \"shop\"}, \"spec\": {\"servers\": [{\"hosts\": [\"*\"]}]}}");
        assertThat(Provability.byCopies(layout()).reservations()).containsExactly("copies: judged when they are"
                + " rendered (Gateway shop has a rule for every host or a wildcard, which a copy must not have: it"
                + " should name the same host as the other routes)");
        assertThat(hindrance(Need.COPY)).isEmpty();
        rendered.set(1, "{\"apiVersion\": \"v1\", \"kind\": \"Service\", \"metadata\": {\"name\": \"shop\"},"
                + " \"spec\": {\"ports\": [{\"nodePort\": 30080}]}}");
        assertThat(hindrance(Need.COPY)).contains("copies: none can be made (Service shop asks for the nodePort 30080,"
                + " which the live release has; leave it out, so that each gets its own from the cluster)");
    }

    @Test
    void theNamespaceOfTheReleaseMayBeACopysOwn() {
        rendered.add("{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"shop\"}}");
        assertThat(hindrance(Need.COPY)).isEmpty();
        assertThat(sentences(layout())).contains("copies: judged when they are rendered (Namespace shop has the"
                + " namespace shop written into it, which a copy must not have: it should come from"
                + " .Release.Namespace)");
        application = json(APPLICATION.replace("\"Helm\"", "\"Kustomize\""));
        assertThat(hindrance(Need.COPY)).isEmpty();
        assertThat(sentences(layout())).anyMatch(sentence -> sentence.startsWith("copies: can be made"));
        application = json(APPLICATION);
        rendered.set(0, rendered.get(0).replace("\"shop\"", "\"monitoring\""));
        assertThat(hindrance(Need.COPY)).get().asString().contains("Namespace monitoring is an object of the whole"
                + " cluster");
    }

    @Test
    void aPromotionWithoutAPersonIsReportedWithItsCause() {
        live.set(0, ROLLOUT.replaceAll("(?s)\"canary\": .*?\"steps\": \\[.*?\\]\\}", "\"blueGreen\":"
                + " {\"activeService\": \"shop\","
                + " \"previewService\": \"shop-canary\", \"autoPromotionEnabled\": true}"));
        assertThat(hindrance(Need.PERSON)).get().asString().contains("is promoted without a person")
                .contains("default true makes true of false");
    }

    /** Seen on Traefik 3.7: "no servers found", and 404 for users until the new version is ready. */
    @Test
    void aPreviewServiceInTheUsersRouteIsReportedWithWhatComesOfIt() {
        aPromotionWithoutAPersonIsReportedWithItsCause();
        live.add("{\"kind\": \"TraefikService\", \"apiVersion\": \"traefik.io/v1alpha1\", \"metadata\": {\"name\":"
                + " \"shop\"}, \"spec\": {\"weighted\": {\"services\": [{\"name\": \"shop\"},"
                + " {\"name\": \"shop-canary\", \"weight\": 0}]}}}");
        Layout layout = layout();
        assertThat(sentences(layout)).anyMatch(sentence -> sentence.startsWith("router: TraefikService shop (it names"
                + " the preview Service shop-canary, which has no ready pod while a new version starts: a Traefik"
                + " without allowEmptyServices"));
        // The gateway's configuration cannot be read from here; the requests of users show it.
        assertThat(layout.refusals()).noneMatch(refusal -> refusal.contains("TraefikService"));
        assertThat(layout.unserved()).isEmpty();
    }

    /** The chart renders the canary, and with it the canary's analysis, only when the strategy is switched. */
    @Test
    void theAnalysisOfACanaryThatIsNotLiveIsSeenWhenItIsRendered() {
        live.set(0, ROLLOUT.replaceFirst("(?s)\"canary\": .*?\\]\\}\\},", "\"blueGreen\": {\"activeService\": \"shop\","
                + " \"previewService\": \"shop-canary\", \"prePromotionAnalysis\": {\"templates\": []}}},"));
        values = VALUES.replace("strategy: canary", "strategy: blueGreen");
        assertThat(sentences(layout())).contains("analysis: prePromotionAnalysis (the live release is not a canary; the"
                + " analysis of its canary is seen when that is rendered)");
        assertThat(hindrance(Need.ANALYSIS)).isEmpty();
    }

    @Test
    void analysisAndStrategiesAreReportedWhereTheyAreMissing() {
        assertThat(hindrance(Need.ANALYSIS)).contains(
                "the canary has no analysis; add an analysis step to it");
        assertThat(hindrance(Need.BLUE_GREEN)).isEmpty();
        values = VALUES.replace("strategy: canary, ", "");
        assertThat(hindrance(Need.BLUE_GREEN)).get().asString().startsWith("the delivery has canary alone");
        assertThat(hindrance(Need.CANARY)).isEmpty();
    }

    @Test
    void aTruthValueMaySwitchTheStrategy() {
        values = VALUES.replace("strategy: canary, canary: {", "canary: {enabled: true, ");
        assertThat(layout().places().of(Strategy.BLUE_GREEN)).as("the values speak of blue-green")
                .isEqualTo(Map.of("rollouts.canary.enabled", "false"));
        assertThat(layout().places().of(Strategy.CANARY)).isEqualTo(Map.of("rollouts.canary.enabled", "true"));
        values = VALUES.replace("strategy: canary, ", "useCanary: true, ").replace("x: y", "enabled: false");
        assertThat(layout().places().of(Strategy.BLUE_GREEN)).isEqualTo(Map.of("rollouts.useCanary", "false",
                "rollouts.blueGreen.enabled", "true"));
        values = VALUES.replace("strategy: canary, ", "canaryEnabled: true, ").replace(", blueGreen: {x: y}", "");
        assertThat(layout().places().offers(Strategy.BLUE_GREEN)).as("nothing says what comes of false").isFalse();
        values = VALUES.replace("strategy: canary, ", "canaryEnabled: false, ");
        assertThat(sentences(layout())).as("it does not switch the live release").anyMatch(sentence ->
                sentence.startsWith("value of the strategy: none"));
        values = VALUES.replace("strategy: canary, ", "canaryEnabled: true, ") + "canary: true\n";
        assertThat(layout().refusals()).singleElement().asString().contains(
                "not clear: rollouts.canaryEnabled or canary (each switches a strategy on)");
    }

    @ParameterizedTest
    @CsvSource({"values-canary.yaml, blueGreen, values-blueGreen.yaml",
        "$values/envs/canary/shop.yaml, blue-green, $values/envs/blue-green/shop.yaml"})
    void aValueFileMayHaveTheStrategy(String own, String word, String other) {
        application = json(APPLICATION.replace("\"path\": \"chart\"", "\"path\": \"chart\", \"helm\":"
                + " {\"valueFiles\": [\"values.yaml\", \"" + own + "\"]}"));
        overlays = new Overlays(List.of(), json("{}"), List.of("canary", word, "prod"), changes -> Optional.empty());
        assertThat(layout().places().of(Strategy.BLUE_GREEN)).isEqualTo(Map.of("helm.valueFiles", "values.yaml,"
                + other));
        assertThat(layout().places().of(Strategy.CANARY)).isEqualTo(Map.of("helm.valueFiles", "values.yaml," + own));
        assertThat(sentences(layout())).contains("value of the strategy: helm.valueFiles (" + own + " is named after"
                + " canary, and " + other + " after blue-green)");
        overlays = new Overlays(List.of(), json("{}"), List.of("canary"), changes -> Optional.empty());
        assertThat(layout().places().of(Strategy.BLUE_GREEN)).as("a value switches it, as no file does")
                .isEqualTo(Map.of("rollouts.strategy", "blueGreen"));
        named = new NamedPlaces(Map.of(Item.VALUE_STRATEGY, "helm.valueFiles"), Map.of(Strategy.BLUE_GREEN,
                "other.yaml"));
        assertThat(layout().places().of(Strategy.BLUE_GREEN)).isEqualTo(Map.of("helm.valueFiles",
                "values.yaml,other.yaml"));
        named = new NamedPlaces(Map.of(Item.VALUE_STRATEGY, "helm.valueFiles"), Map.of(Strategy.CANARY,
                "values.yaml", Strategy.BLUE_GREEN, "b.yaml"));
        assertThat(layout().places().of(Strategy.BLUE_GREEN)).as("the file that is said to be the live one's")
                .isEqualTo(Map.of("helm.valueFiles", "b.yaml," + own));
        named = new NamedPlaces(Map.of(Item.VALUE_STRATEGY, "rollouts.strategy"), Map.of());
        assertThat(layout().places().of(Strategy.BLUE_GREEN)).isEqualTo(Map.of("rollouts.strategy", "blueGreen"));
    }

    /**
     * Another chart of the repository is not part of the delivery; values of only the other strategy are found in its
     * chart.
     */
    @ParameterizedTest
    @CsvSource({"charts/shop-canary, charts/shop-bluegreen, charts/cart-bluegreen",
        "deploy/canary/chart, deploy/blue-green/chart, deploy/blue-green/cart"})
    void aChartEachMayHaveTheStrategies(String own, String other, String another) {
        application = json(APPLICATION.replace("\"path\": \"chart\"", "\"path\": \"" + own + "\""));
        values = VALUES.replace("strategy: canary, ", "").replace(", blueGreen: {x: y}", "");
        overlays = new Overlays(List.of(own, another, other), json("{}"), List.of(), changes ->
                Optional.of(Values.parse("b", "rollouts: {blueGreen: {scaleDownDelaySeconds: 7}}"))
                        .filter(known -> changes.equals(Map.of("source.path", other))));
        ValuePlaces places = layout().places();
        assertThat(places.of(Strategy.BLUE_GREEN)).isEqualTo(Map.of("source.path", other));
        assertThat(places.of(Strategy.CANARY)).isEqualTo(Map.of("source.path", own));
        assertThat(places.delay()).contains("rollouts.blueGreen.scaleDownDelaySeconds");
        assertThat(places.steps()).contains("rollouts.canary.steps");
        assertThat(layout().refusalsInPlace(true)).isEmpty();
        assertThat(layout().refusalsInPlace(false)).as("it would be synced before it is judged").singleElement()
                .asString().startsWith("sync policy: automated").contains("the other strategy's folder");
        application = json(APPLICATION.replace("\"path\": \"chart\"", "\"path\": \"./" + own + "/\""));
        assertThat(layout().places().of(Strategy.BLUE_GREEN)).as("written in another way").isEqualTo(
                Map.of("source.path", other));
        values += "old: {scaleDownDelaySeconds: 3}\n";
        assertThat(layout().places().delay()).as("its own").contains("old.scaleDownDelaySeconds");

        overlays = new Overlays(List.of(own, another), json("{}"), List.of(), changes -> Optional.empty());
        assertThat(layout().places().offers(Strategy.BLUE_GREEN)).isFalse();
        named = new NamedPlaces(Map.of(Item.VALUE_STRATEGY, "source.path"), Map.of(Strategy.BLUE_GREEN, "charts/x"));
        assertThat(layout().places().of(Strategy.BLUE_GREEN)).isEqualTo(Map.of("source.path", "charts/x"));
        named = new NamedPlaces(Map.of(), Map.of(Strategy.CANARY, "canary", Strategy.BLUE_GREEN, "bg"));
        overlays = new Overlays(List.of(own, other), json("{}"), List.of(), changes -> Optional.empty());
        assertThat(layout().places().offers(Strategy.BLUE_GREEN)).as("the words are no folders").isFalse();
        named = NamedPlaces.NONE;
        values = VALUES;
        overlays = new Overlays(List.of(other), json("{}"), List.of(), changes -> Optional.empty());
        assertThat(layout().places().of(Strategy.BLUE_GREEN)).as("a value switches it")
                .isEqualTo(Map.of("rollouts.strategy", "blueGreen"));
    }

    /** blue-green/chart and canary/chart may be two deliveries of one repository. */
    @Test
    void aChartOfAnotherNameIsAnotherDeliverys() {
        JsonNode application = json("{\"spec\":{\"source\":{\"path\":\"canary/chart\"}}}");
        assertThat(Survey.charts(application, Map.of("canary/chart", "shop", "blue-green/chart", "shop")))
                .containsExactlyInAnyOrder("canary/chart", "blue-green/chart");
        assertThat(Survey.charts(application, Map.of("canary/chart", "shop-canary", "blue-green/chart",
                "bluegreen-shop", "bg/chart", "orders"))).containsExactlyInAnyOrder("canary/chart", "blue-green/chart");
        assertThat(Survey.charts(application, Map.of("blue-green/chart", "shop"))).as("the live one is not told of")
                .isEmpty();
    }

    @Test
    void severalContainersAreToldApartByTheTagThatIsDelivered() {
        live.set(0, ROLLOUT.replace("\"containers\": [", "\"containers\": [{\"name\": \"proxy\", \"image\":"
                + " \"envoy:v1.30\"}, "));
        assertThat(layout().image()).map(ContainerImage::container).contains("shop");
    }

    @Test
    void theTagOfASidecarIsNoSignOfTheRelease() {
        live.set(0, ROLLOUT.replace("\"containers\": [", "\"containers\": [{\"name\": \"proxy\", \"image\":"
                + " \"envoy:v1.30\"}, "));
        values = VALUES.replace(", tag: v1.0.0", "") + "proxy: {image: {repository: envoy, tag: v1.30}}\n";
        assertThat(sentences(layout())).contains("image: not clear: proxy or shop (a value has the tag of proxy, and"
                + " shop has the Rollout's name); set CONTAINER to one of proxy, shop");
        live.set(0, live.get(0).replace("\"name\": \"shop\", \"image\"", "\"name\": \"api\", \"image\""));
        values = VALUES.replace("tag: v1", "tag: 1") + "proxy: {image: {repository: envoy, tag: v1.30}}\n";
        assertThat(sentences(layout())).contains("image: not clear: proxy or api (a value has the tag of proxy, and"
                + " api has a tag that a value is part of); set CONTAINER to one of proxy, api");
    }

    @Test
    void howANewVersionIsMadeIsConcludedFromTheImage() {
        assertThat(sentences(layout())).contains("how a new version is made: files of APP_SOURCE over the deployed"
                + " image (the image has /app/version.py with one line of the version)");
        file = Optional.empty();
        assertThat(layout().refusals()).containsExactly("how a new version is made: not found (the image has no"
                + " /app/version.py, so that one laid over it would change nothing; VERSION_LINE names a line of"
                + " another file, NEW_TAG versions that are built already); set BUILD");
        file = Optional.of("version = 1");
        live.set(0, ROLLOUT.replace("\"image\"", "\"env\": [{\"name\": \"APP_VERSION\", \"value\": \"v1.0.0\"}],"
                + " \"image\""));
        assertThat(layout().refusals()).singleElement().asString().contains("no /app/version.py with one line VERSION",
                "BUILD=same-image will do if the application answers by its variable APP_VERSION, which has the tag");
    }

    @Test
    void anImageThatCannotBeLookedIntoIsNoQuestion() {
        versions = new BuildSurvey(Optional.empty(), true, new BuildSurvey.VersionFile("/app/version.py", image -> {
            throw new EnvironmentNotFit("The registry is not there", "Check REGISTRY");
        }, text -> true), Optional.empty());
        assertThat(layout().refusals()).isEmpty();
        assertThat(sentences(layout())).anyMatch(sentence -> sentence.endsWith(
                "(not looked into the image: The registry is not there)"));
    }

    @Test
    void whereNoVersionIsKnownToBeFaultyTheSettingIsNamed() {
        file = Optional.empty();
        versions = versions(Optional.of(new BuildSurvey.NamedWay("NEW_TAG", "by the team: v2")), false,
                Optional.empty());
        assertThat(layout().refusals()).isEmpty();
        assertThat(sentences(layout())).contains("how a new version is made: by the team: v2 (set by NEW_TAG)");
        assertThat(hindrance(Need.FAULTY_VERSION)).contains("nothing is known to be faulty by its analysis: no version"
                + " is built that answers something else than its tag says; set FAULTY_TAG to a version that it"
                + " refuses");
        versions = versions(Optional.empty(), false, Optional.of("v3"));
        assertThat(hindrance(Need.FAULTY_VERSION)).isEmpty();
    }

    @Test
    void anAnalysisThatDoesNotSeeAnswersRefusesNoVersionForThem() {
        live.set(0, ROLLOUT.replace("\"steps\"", "\"analysis\": {\"templates\": [{\"templateName\": \"rate\"}]},"
                + " \"steps\""));
        assertThat(sentences(layout())).contains("analysis: in the background (spec.strategy of the Rollout)");
        assertThat(hindrance(Need.FAULTY_VERSION)).as("its template is not known").isEmpty();
        rendered.add(template("rate", "prometheus"));
        assertThat(sentences(layout())).contains("analysis: in the background (prometheus) (spec.strategy of the"
                + " Rollout)");
        assertThat(hindrance(Need.FAULTY_VERSION)).get().asString().startsWith("nothing is known to be faulty by its"
                + " analysis: the analysis asks prometheus, which does not see which version");
        live.set(0, live.get(0).replace("{\"pause\": {}}", "{\"analysis\": {\"templates\": [{\"templateName\":"
                + " \"page\"}]}}"));
        rendered.add(template("page", "web"));
        assertThat(sentences(layout())).anyMatch(sentence -> sentence.startsWith(
                "analysis: in the background (prometheus), step 1 (web)"));
        assertThat(hindrance(Need.FAULTY_VERSION)).isEmpty();
    }

    private static String template(String name, String provider) {
        return "{\"apiVersion\": \"argoproj.io/v1alpha1\", \"kind\": \"AnalysisTemplate\", \"metadata\": {\"name\": \""
                + name + "\"}, \"spec\": {\"metrics\": [{\"provider\": {\"" + provider + "\": {}}}]}}";
    }

    private BuildSurvey versions(Optional<BuildSurvey.NamedWay> named, boolean built, Optional<String> faulty) {
        return new BuildSurvey(named, built, new BuildSurvey.VersionFile("/app/version.py", image -> file,
                text -> text.startsWith("VERSION")), faulty);
    }

    private Optional<String> hindrance(Need need) {
        return Provability.byCopies(layout()).hindrance(need);
    }

    private static List<String> sentences(Layout layout) {
        return layout.findings().stream().map(Finding::sentence).toList();
    }

    private Layout layout() {
        return new Survey(application, new LiveObjects(objects(live), objects(rendered)),
                values.isEmpty() ? Optional.empty()
                : Optional.of(Values.parse("values.yaml", values)), values, overlays, named).layout(object ->
                object.kind().matches("Cluster.*|Namespace") ? ObjectScope.CLUSTER : ObjectScope.NAMESPACE,
                (host, tag) -> answers, versions);
    }

    private static AnswerSearch.Asked page(String path, int status, Map<String, String> headers, String body) {
        return AnswerSearch.ask(path, "v1.0.0", asked -> status == 0 ? Answer.lost(Instant.now(), body, Duration.ZERO)
                : asked.read(Instant.now(), status, body, headers, Duration.ZERO));
    }

    private static List<ManifestObject> objects(List<String> texts) {
        return texts.stream().map(text -> new ManifestObject(json(text))).toList();
    }

    private static String service(String name) {
        return "{\"apiVersion\": \"v1\", \"kind\": \"Service\", \"metadata\": {\"name\": \"" + name + "\"}}";
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
