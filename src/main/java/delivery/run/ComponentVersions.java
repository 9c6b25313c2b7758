package delivery.run;

import delivery.argocd.ArgoCdRefused;
import delivery.environment.Check;
import delivery.environment.Finding;
import delivery.environment.Platform;
import delivery.environment.Validation;
import delivery.failure.EnvironmentNotFit;
import delivery.lab.Lab;
import delivery.report.SuiteVersion;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The versions of the components that took part in a run, as far as they can be found out. */
final class ComponentVersions {

    private static final String ROLLOUTS_LABEL = "app.kubernetes.io/name";

    private final Map<String, String> versions = new TreeMap<>();

    /** @param environment empty if no environment was reached */
    ComponentVersions(Optional<TestEnvironment> environment) {
        versions.put("suite", SuiteVersion.version());
        SuiteVersion.commit(Path.of("")).ifPresent(commit -> versions.put("suiteCommit", commit));
        environment.ifPresent(reached -> of(reached.platform(), reached.validation()));
    }

    private void of(Platform platform, Validation validation) {
        versions.put("kubernetes", platform.cluster().version());
        if (platform.settings().lab()) {
            Lab lab = new Lab(Bootstrap.LAB);
            lab.version("argo-rollouts").ifPresent(version -> versions.put("argoRollouts", version));
            lab.version("traefik").ifPresent(version -> versions.put("gateway", "traefik " + version));
        } else {
            rollouts(platform);
        }
        if (Optional.ofNullable(validation.findings().get(Check.ARGO_CD)).flatMap(Finding::unfit).isEmpty()) {
            argoCd(platform);
        }
    }

    /** Returns the versions by the component's name, sorted. */
    Map<String, String> byName() {
        return versions;
    }

    private void argoCd(Platform platform) {
        try {
            versions.put("argoCd", platform.argoCd().version());
        } catch (ArgoCdRefused | EnvironmentNotFit unknown) {
            versions.remove("argoCd"); // it answered earlier, but does not answer now
        }
    }

    /** Reads the tag of the controller's image; it stays unknown if only the suite's own namespaces may be read. */
    private void rollouts(Platform platform) {
        try {
            platform.cluster().client().pods().inAnyNamespace().withLabel(ROLLOUTS_LABEL, "argo-rollouts").list()
                    .getItems().stream()
                    .flatMap(pod -> pod.getSpec().getContainers().stream())
                    .map(container -> container.getImage().replaceFirst("@.*", ""))
                    .filter(image -> image.matches(".*:[^/:]+"))
                    .map(image -> image.substring(image.lastIndexOf(':') + 1))
                    .findFirst().ifPresent(version -> versions.put("argoRollouts", version));
        } catch (KubernetesClientException refused) {
            versions.remove("argoRollouts");
        }
    }
}
