package delivery.environment;

import delivery.argocd.Application;
import delivery.argocd.ArgoCdRefused;
import delivery.failure.EnvironmentNotFit;
import delivery.kubernetes.ResourceKind;
import delivery.waiting.Waiting;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Checks whether the Argo Rollouts controller works, by what it does with a Rollout without pods in a namespace of the
 * run. In place no namespace is created, and the check looks at what the controller did with the live Rollouts.
 */
final class ControllerCheck {

    private final Platform platform;
    private final String run;
    private volatile Optional<ControllerProbe> probe = Optional.empty();
    private volatile Optional<String> namespace = Optional.empty();
    private long behindSince = -1;

    ControllerCheck(Platform platform, String run) {
        this.platform = platform;
        this.run = run;
    }

    /**
     * Makes sure that the controller works.
     *
     * @return what was found
     * @throws EnvironmentNotFit       if it has not acted on the live Rollouts
     * @throws delivery.waiting.NotMet if it does not act on one that was created for it
     */
    String require(Waiting waiting) {
        return platform.settings().inPlace() ? requireLive() : requireProbe(waiting);
    }

    /** Checks the controller with a new Rollout, which is kept: the controller must act on its later changes, too. */
    private String requireProbe(Waiting waiting) {
        // A policy that allows the scenarios' namespaces to be created allows this name, too.
        ControllerProbe check = new ControllerProbe(platform.cluster().client(),
                platform.settings().application() + "-check-" + run, System::nanoTime);
        boolean acted = false;
        try {
            check.create(run, waiting);
            acted = true;
        } finally {
            if (!acted) {
                platform.cluster().client().namespaces().withName(check.namespace()).delete();
            }
        }
        probe = Optional.of(check);
        return "Argo Rollouts acted on a new Rollout";
    }

    private String requireLive() {
        try {
            namespace = platform.argoCd().find(platform.settings().application()).map(Application::spec)
                    .map(spec -> spec.at("/destination/namespace").asText("")).filter(name -> !name.isEmpty());
        } catch (EnvironmentNotFit | ArgoCdRefused unknown) {
            namespace = Optional.empty(); // Argo CD's own check reports it
        }
        List<String> behind = behind();
        if (!behind.isEmpty()) {
            throw new EnvironmentNotFit("The controller has not acted on the live Rollout " + behind.get(0),
                    "See whether Argo Rollouts runs, and its log");
        }
        return "Argo Rollouts has acted on every live Rollout; in place, no test Rollout is created";
    }

    /** Names of live Rollouts that have changed since the controller acted on them. */
    private List<String> behind() {
        return namespace.map(name -> platform.cluster().client()
                .genericKubernetesResources(ResourceKind.ROLLOUT.context()).inNamespace(name).list().getItems())
                .orElse(List.of()).stream()
                .filter(rollout -> !String.valueOf(rollout.<Object>get("status", "observedGeneration"))
                        .equals(String.valueOf(rollout.getMetadata().getGeneration())))
                .map((GenericKubernetesResource rollout) -> rollout.getMetadata().getName()).toList();
    }

    /** The namespace that was created for the check and still exists; empty if there is none. */
    Optional<String> made() {
        return probe.map(ControllerProbe::namespace);
    }

    /** The question, for later checks, whether the controller works; empty if it did not work at the beginning. */
    Optional<HealthMonitor.Question> question() {
        return probe.<HealthMonitor.Question>map(check -> () -> check.requireActedOnWithin(
                HealthMonitor.LONGEST_ANSWER)).or(() -> namespace.map(name -> this::requireKeepsUp));
    }

    private void requireKeepsUp() {
        List<String> behind;
        try {
            behind = behind();
        } catch (KubernetesClientException unreachable) {
            behind = List.of(); // the outage is reported as the API's
        }
        long now = System.nanoTime();
        behindSince = behind.isEmpty() ? -1 : behindSince < 0 ? now : behindSince;
        if (behindSince >= 0 && Duration.ofNanos(now - behindSince).compareTo(HealthMonitor.LONGEST_ANSWER) > 0) {
            throw new EnvironmentNotFit("It has not acted on a change of the live Rollout", "See its log");
        }
    }
}
