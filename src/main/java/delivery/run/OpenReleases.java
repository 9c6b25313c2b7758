package delivery.run;

import delivery.argocd.ArgoCdRefused;
import delivery.console.Console;
import delivery.environment.Platform;
import delivery.failure.EnvironmentNotFit;
import delivery.kubernetes.RunNamespaces;
import delivery.release.ReleaseUnderTest;
import delivery.waiting.Expectation;
import delivery.waiting.NotMet;
import delivery.waiting.Outcome;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The Applications that a run creates for its scenarios. None of them outlives the run, however it ends, unless KEEP is
 * set.
 */
final class OpenReleases {

    private final String run;
    private final Platform platform;
    private final Console console;
    private final Waiting waiting;
    private final boolean keep;
    private volatile boolean interrupted;
    private final Map<String, ReleaseUnderTest> open = new ConcurrentHashMap<>();
    private final Set<String> namespaces = ConcurrentHashMap.newKeySet();
    private final Set<String> kept = ConcurrentHashMap.newKeySet();
    private final Set<String> reported = ConcurrentHashMap.newKeySet();
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    /** @param keep whether the objects of a failed scenario stay, for a person to inspect */
    OpenReleases(Platform platform, Console console, Waiting waiting, String run, boolean keep) {
        this.run = run;
        this.platform = platform;
        this.console = console;
        this.waiting = waiting;
        this.keep = keep;
    }

    /**
     * Becomes responsible for removing an Application, for the scenario that has it.
     *
     * @throws IllegalStateException if the run was interrupted: nobody would remove an Application created now
     */
    ReleaseUnderTest open(ReleaseUnderTest subject) {
        if (subject.site().isCopy()) {
            names.add(subject.name());
        }
        open.put(subject.name(), subject);
        // Checked only after the put: either this thread sees the interrupt, or the interrupt sees the Application.
        if (interrupted) {
            throw new IllegalStateException(subject.name() + " is not made any more: the run was interrupted");
        }
        return subject;
    }

    /** Takes over the removal of a namespace that does not belong to a scenario. */
    void open(String namespace) {
        namespaces.add(namespace);
    }

    /**
     * Removes a scenario's release, or reports where it is kept. If it cannot be removed now, it is removed at the end
     * of the run.
     */
    void end(ReleaseUnderTest subject, boolean failed) {
        try (subject) {
            if (failed && keep && subject.site().isCopy()) {
                open.remove(subject.name());
                console.say("KEEP: " + subject.name() + " stays until the next run; look at it with"
                        + " 'kubectl argo rollouts get rollout --namespace " + subject.name() + " "
                        + subject.release().rollout().map(rollout -> rollout.name()).orElse("NAME")
                        + "' and 'argocd app" + " get " + subject.name() + "'");
                kept.add(subject.name());
            } else if (removed(subject.name(), subject::remove)) {
                open.remove(subject.name());
            }
        }
    }

    /** Whether the release of some failed scenario is kept. */
    boolean keepsAny() {
        return !kept.isEmpty();
    }

    /** Handles the end of the process while scenarios still run: removes their releases and prevents new ones. */
    void interrupt() {
        interrupted = true;
        removeAll();
        late();
    }

    /** Removes what scenarios could not remove because the run was interrupted or the platform did not answer. */
    void removeAll() {
        for (ReleaseUnderTest subject : List.copyOf(open.values())) {
            try (subject) {
                if (removed(subject.name(), subject::remove)) {
                    open.remove(subject.name());
                }
            }
        }
        namespaces.removeIf(name -> removed(name,
                () -> platform.cluster().client().namespaces().withName(name).delete()));
    }

    private boolean removed(String name, Runnable removal) {
        try {
            removal.run();
            return true;
        } catch (KubernetesClientException | EnvironmentNotFit | ArgoCdRefused unreachable) {
            if (reported.add(name)) {
                console.say(name + " could not be removed yet; the run tries again: " + unreachable.getMessage());
            }
            return false;
        }
    }

    /** Waits until the cluster has removed everything, and reports what is left. */
    void awaitRemoval() {
        List<String> left = new ArrayList<>(awaitGivenUp());
        for (String name : names) {
            if (!kept.contains(name) && !left.contains(name)) {
                try {
                    RunNamespaces.awaitGone(platform.cluster().client(), name, waiting);
                } catch (NotMet | EnvironmentNotFit | KubernetesClientException stillThere) {
                    left.add(name);
                }
            }
        }
        if (!left.isEmpty()) {
            console.say("still being removed; the next run removes what is left: " + String.join(", ", left));
        }
    }

    /** Retries the removals that failed, for at most as long as a removal may take, and returns what is left. */
    private Set<String> awaitGivenUp() {
        if (names.isEmpty() && left().isEmpty()) {
            return Set.of(); // where the run could not begin, nothing was created that should be looked for
        }
        RemovalFeed left = new RemovalFeed(() -> {
            removeAll();
            return left().isEmpty() ? late() : left();
        });
        try {
            return waiting.until(left, Expectation.of("everything that the run made is removed", names ->
                    names.isEmpty() ? Outcome.met(names) : Outcome.<Set<String>>notYet(String.join(", ", names))),
                    WaitLimit.DELETION);
        } catch (NotMet stillThere) {
            return left().isEmpty() ? late() : left();
        }
    }

    /** Removes what was created by calls whose answers came too late, and returns its names. */
    private Set<String> late() {
        Set<String> late = new TreeSet<>();
        try {
            platform.applications().of(run).stream().filter(name -> !kept.contains(name)).forEach(name -> {
                        platform.applications().remove(name);
                        late.add("Application " + name);
                    });
            late.addAll(RunNamespaces.remove(platform.cluster().client(), run, kept));
        } catch (KubernetesClientException | EnvironmentNotFit | ArgoCdRefused unreachable) {
            late.add("what run " + run + " made: " + unreachable.getMessage());
        }
        return late;
    }

    private Set<String> left() {
        Set<String> left = new TreeSet<>(open.keySet());
        left.addAll(namespaces);
        return left;
    }
}
