package delivery.faults;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.acceptance.ProvedRun;
import delivery.criteria.Summary;
import delivery.criteria.Verdict;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proof that the criteria can be red. Each fault breaks a delivery on the lab in one way; the criteria that it breaks must
 * not be proven, the others that are tried must be, and the reason must name the cause. Run with {@code make faults}.
 */
class SeededFaults {

    /** All, or those whose id the property delivery.fault fits. */
    static Stream<Fault> faults() {
        return all().filter(fault -> fault.id().matches(System.getProperty("delivery.fault", ".*")));
    }

    private static Stream<Fault> all() {
        return Stream.of(
                Fault.chart("wrong-image-tag", "The chart deploys another tag than the Application asks for",
                        "templates/rollout.yaml", ":{{ .Values.image.tag }}\"",
                        ":{{ .Values.image.tag }}{{ if contains \"-\" .Values.image.tag }}-wrong{{ end }}\"",
                        "@BG-1 or @BG-2", Set.of("BG-1", "BG-2"), "-wrong"),
                Fault.chart("route-ignores-weights", "The gateway's route goes past the weights",
                        "templates/route.yaml", "- kind: TraefikService\n          name: sample-api",
                        "- name: sample-api\n          port: http",
                        "@CAN-3", Set.of("CAN-3"), "the gateway serves", "by 20% rather than by 0%"),
                Fault.source("old-content-on-preview", "The new version's image answers as the old one",
                        "server.py", "from version import VERSION", "VERSION = \"1.0.0\"",
                        "@BG-3 or @BG-5 or @SET-1 or @CAN-4", Set.of("BG-3", "BG-5", "SET-1", "CAN-4"), "preview Service",
                        "were answered by version 1.0.0", "{1.0.0=5}", "Metric \"version\" assessed Failed"),
                Fault.chart("users-on-preview", "The gateway sends users to the preview Service",
                        "templates/route.yaml", "      - name: sample-api\n        port: http\n        weight: 100",
                        "      - name: sample-api{{ if eq .Values.rollouts.strategy \"blueGreen\" }}-preview{{ end }}\n"
                                + "        port: http\n        weight: 100",
                        "@BG-1 or @BG-4", Set.of("BG-1", "BG-4"), "the gateway answers with version 1.0.0 only"),
                Fault.chart("strategy-ignored", "The chart renders blue-green whatever the strategy is",
                        "templates/rollout.yaml", "{{- if eq .Values.rollouts.strategy \"blueGreen\" }}", "{{- if true }}",
                        "@CAN-1", Set.of("CAN-1"), "follows the canary strategy", "blue-green"),
                Fault.chart("stable-loses-pods", "The old version loses pods as the new one gets weight",
                        "templates/rollout.yaml", """
                              scaleDownDelaySeconds: {{ .Values.rollouts.scaleDownDelaySeconds }}
                              abortScaleDownDelaySeconds: {{ .Values.rollouts.abortScaleDownDelaySeconds }}
                              trafficRouting:
                                traefik:
                                  weightedTraefikServiceName: sample-api
                        """, "      maxSurge: 0\n      maxUnavailable: 1\n",
                        "@CAN-2", Set.of("CAN-2"), "available pods of the old ReplicaSet"),
                Fault.chart("analysis-passes-all", "The analysis is content with any answer",
                        "templates/analysistemplate.yaml", "successCondition: result.version == result.release",
                        "successCondition: \"true\"",
                        "@CAN-A", Set.of("CAN-A"), "Failed"),
                Fault.chart("old-pods-go-at-once", "The old version is scaled down at the switch, with no delay",
                        "templates/rollout.yaml", "      autoPromotionEnabled: false\n      scaleDownDelaySeconds: {{ .Values.rollouts.scaleDownDelaySeconds }}",
                        "      autoPromotionEnabled: false\n      scaleDownDelayRevisionLimit: 0\n      scaleDownDelaySeconds: {{ .Values.rollouts.scaleDownDelaySeconds }}",
                        "@BG-6", Set.of("BG-6"), "the end of the old ReplicaSet"),
                Fault.chart("no-revision-history", "Nothing is kept to go back to",
                        "templates/rollout.yaml", "revisionHistoryLimit: 3", "revisionHistoryLimit: 0",
                        "@RB-1", Set.of("RB-1"), "no earlier revision"),
                Fault.application("self-heal", "Argo CD takes an undo back",
                        "\"automated\":{\"prune\":true}", "\"automated\":{\"prune\":true,\"selfHeal\":true}",
                        "@RB-2", Set.of("RB-2"), "the release was taken back"),
                Fault.chart("auto-promotion", "A blue-green release promotes itself",
                        "templates/rollout.yaml", "autoPromotionEnabled: false", "autoPromotionEnabled: true",
                        "@BG-2 or @BG-3", Set.of("BG-2", "BG-3"), "promoted by itself"),
                Fault.chart("other-steps", "The Rollout's steps are not those of values.yaml",
                        "templates/rollout.yaml", "steps: {{- toYaml .Values.rollouts.canary.steps | nindent 8 }}",
                        "steps: [{setWeight: 40}, {pause: {}}, {setWeight: 60}, {pause: {}}]",
                        "@CAN-3", Set.of("CAN-3"), "values.yaml", "[40, 60]"),
                Fault.component("controller-stopped", "The Argo Rollouts controller is stopped", "argo-rollouts",
                        "@PRE-1 or @BG-1", Set.of("PRE-1", "BG-1"), "Argo Rollouts controller acts on a Rollout"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isSeen(Fault fault) throws IOException, InterruptedException {
        Summary summary;
        try (BrokenDelivery broken = new BrokenDelivery(fault)) {
            summary = ProvedRun.prove(fault.prove(), broken.settings());
        }
        Set<String> red = summary.lines().stream()
                .filter(line -> line.selected() && line.result().verdict() != Verdict.PROVEN)
                .map(line -> line.criterion().id()).collect(Collectors.toCollection(TreeSet::new));
        String reasons = summary.lines().stream().filter(Summary.Line::selected)
                .map(line -> line.criterion().id() + ": " + line.result().reason()).collect(Collectors.joining("\n"));
        assertThat(red).as("criteria that are not proven under the fault: " + fault + "\n" + reasons)
                .isEqualTo(new TreeSet<>(fault.red()));
        assertThat(reasons).as("reasons that name the cause").contains(fault.words());
        assertThat(summary.exitCode()).as("exit code").isEqualTo(fault.exit());
    }
}
