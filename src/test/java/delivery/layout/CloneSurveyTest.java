package delivery.layout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import delivery.clone.ManifestObject;
import delivery.clone.ObjectScope;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether copies can be made, as far as the objects of the live release show it. */
class CloneSurveyTest {

    private static final String ROLLOUT = "{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: shop},"
            + " spec: {strategy: {canary: {trafficRouting: {plugins: {argoproj-labs/gatewayAPI: {httpRoute: shop,"
            + " namespace: NAME}}}}}}}";
    private static final String SERVICE = "{apiVersion: v1, kind: Service, metadata: {name: shop}}";

    @Test
    void aRouterOfTheLiveNamespaceIsJudgedWhenItIsRendered() {
        assertThat(findings(false, ROLLOUT.replace("NAME", "live"))).containsExactly("copies: judged when they are"
                + " rendered (Rollout shop names the namespace live (trafficRouting.plugins.argoproj-labs/gatewayAPI"
                + ".namespace: live), which a copy must not: it should come from .Release.Namespace)");
        assertThat(findings(false, ROLLOUT.replace("NAME", "mesh"))).containsExactly("copies: none can be made"
                + " (Rollout shop names the namespace mesh (trafficRouting.plugins.argoproj-labs/gatewayAPI"
                + ".namespace: mesh), where a copy would change or reach what is not its own; leave it out)");
    }

    @Test
    void kustomizeDoesNotChangeANamespaceWithinAnObject() {
        assertThat(findings(true, ROLLOUT.replace("NAME", "live"))).singleElement().asString()
                .startsWith("copies: none can be made (Rollout shop names the namespace live");
        assertThat(findings(true, ROLLOUT.replace(", namespace: NAME", ""))).singleElement().asString()
                .startsWith("copies: can be made");
        assertThat(findings(true, "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {externalName:"
                + " shop.live.svc}}")).singleElement().asString().contains("(spec.externalName: shop.live.svc)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none can be made;serviceRef: {name: shop}, targetGroupARN: 'arn:aws:1'",
        "judged when they are rendered;hosts: [shop.test], backends: [{serviceName: shop}]",
        "can be made;serviceRef: {name: other}"})
    void aRouteOfAnUnknownKindIsNamedIfItLeadsToTheRelease(String verdictAndSpec) {
        String[] parts = verdictAndSpec.split(";");
        assertThat(findings(false, SERVICE, "{apiVersion: example.com/v1, kind: WebTunnel, metadata: {name: web}, spec:"
                + " {" + parts[1] + "}}")).singleElement().asString().startsWith("copies: " + parts[0] + " (");
    }

    @Test
    void jobsThatEachCopyRunsAreShown() {
        assertThat(findings(false, "{apiVersion: batch/v1, kind: Job, metadata: {name: migrate, annotations:"
                + " {argocd.argoproj.io/hook: PreSync}}}", "{apiVersion: batch/v1, kind: CronJob, metadata: {name:"
                + " bills}}")).singleElement().asString().endsWith("; each copy also runs Job migrate, CronJob bills,"
                        + " with all that they reach, such as a database)");
    }

    private static List<String> findings(boolean changeable, String... yaml) {
        return CloneSurvey.of(Stream.of(yaml).map(CloneSurveyTest::read).toList(), object -> ObjectScope.NAMESPACE,
                "live", changeable).stream().map(Finding::sentence).toList();
    }

    private static ManifestObject read(String yaml) {
        try {
            return new ManifestObject(new ObjectMapper(new YAMLFactory()).readTree(yaml));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(yaml, e);
        }
    }
}
