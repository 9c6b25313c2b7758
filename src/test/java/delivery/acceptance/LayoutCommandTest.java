package delivery.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries that can be proved in only one way: without a route, by copies, or in place. */
class LayoutCommandTest {

    @TempDir
    private Path folder;

    @Test
    void withoutARouteNeitherGatewayNorHostIsNeeded() throws IOException {
        try (FakePlatform platform = new FakePlatform(folder)) {
            platform.byPods();
            platform.values = platform.values.replaceFirst("ingress: .*\n", "");
            Map<String, String> settings = platform.settings();
            settings.remove("GATEWAY");
            ShownLayout shown = ShownLayout.of(settings);
            assertThat(shown.code()).as(shown.said()).isZero();
            assertThat(shown.said()).containsPattern("route +none  \\(no Ingress, IngressRoute or HTTPRoute; users ask"
                            + " the Service shop; that is done through the Kubernetes API\\)")
                    .containsPattern("Service of users +shop  \\(the only one that selects the pods of all versions;"
                            + " SERVICE changes it\\)").contains("GET /version, JSON /version")
                    .doesNotContain("VALUE_HOST", "GATEWAY");
            assertThat(platform.writes()).isEmpty();
        }
    }

    @Test
    void anOwnerIsNamed() throws IOException {
        try (FakePlatform platform = new FakePlatform(folder)) {
            metadata(platform).putObject("annotations").put("argocd.argoproj.io/tracking-id",
                    "apps:argoproj.io/Application:argocd/shop");
            ShownLayout shown = ShownLayout.of(platform.settings());
            assertThat(shown.code()).isZero();
            assertThat(shown.said())
                    .contains("owner                       Application apps  (the annotation"
                    + " argocd.argoproj.io/tracking-id; it puts back what is changed in the Application itself");
            metadata(platform).withArray("ownerReferences").addObject().put("kind", "ApplicationSet")
                    .put("name", "all");
            assertThat(ShownLayout.of(platform.settings()).said())
                    .contains("owner                       ApplicationSet all");

            Map<String, String> inPlace = new LinkedHashMap<>(platform.settings());
            inPlace.put("MODE", "in-place");
            ShownLayout refused = ShownLayout.of(inPlace);
            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.said())
                    .contains("Nothing can be proved yet:\n  in place: not possible ("
                    + "ApplicationSet all owns the Application")
                    .doesNotContain("BG-1                        can be proved");
        }
    }

    /** Whether the chart writes the live namespace, or the release's own, shows only in a copy of another namespace. */
    @Test
    void whatOnlyARenderedCopyShowsIsNotPromised() throws IOException {
        try (FakePlatform platform = new FakePlatform(folder)) {
            platform.writesNamespace = true;
            ShownLayout shown = ShownLayout.of(platform.settings());
            assertThat(shown.code()).as(shown.said()).isZero();
            assertThat(shown.said()).contains("? copies                      judged when they are rendered",
                    "A run renders a copy first, and deploys nothing if this keeps the copy from being safe:\n"
                            + "  copies: judged when they are rendered (Rollout shop, ");
            Map<String, String> inPlace = new LinkedHashMap<>(platform.settings());
            inPlace.put("MODE", "in-place");
            assertThat(ShownLayout.of(inPlace).said()).doesNotContain("renders a copy first");
        }
    }

    /** A run in place copies nothing, and pauses self-heal. */
    @Test
    void whatKeepsCopiesFromBeingMadeDoesNotMatterInPlace() throws IOException {
        try (FakePlatform platform = new FakePlatform(folder)) {
            ((ObjectNode) platform.application("shop").path("spec")).putObject("syncPolicy").putObject("automated")
                    .put("selfHeal", true);
            ObjectNode role = FakePlatform.object("rbac.authorization.k8s.io/v1", "ClusterRole", "shop");
            platform.live.add(role);
            platform.rendered.add(role);
            assertThat(ShownLayout.of(platform.settings()).said())
                    .contains("Nothing can be proved yet:\n  copies: none can be",
                    "! RB-1                        cannot be proved");
            Map<String, String> inPlace = new LinkedHashMap<>(platform.settings());
            inPlace.put("MODE", "in-place");
            assertThat(ShownLayout.of(inPlace).said())
                    .contains("  RB-1                        can be proved");
            inPlace.put("SELF_HEAL", "keep");
            assertThat(ShownLayout.of(inPlace).said())
                    .contains("  RB-1                        can be proved",
                    "! RB-2                        cannot be proved: self-heal");
        }
    }

    private static ObjectNode metadata(FakePlatform platform) {
        return (ObjectNode) platform.application("shop").path("metadata");
    }
}
