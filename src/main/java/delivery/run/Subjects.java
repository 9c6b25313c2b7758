package delivery.run;

import delivery.argocd.ArgoCdRefused;
import delivery.cluster.ApiFailure;
import delivery.cluster.Owner;
import delivery.cluster.Scope;
import delivery.console.Console;
import delivery.platform.Platform;
import delivery.subject.Subject;
import delivery.verdict.EnvironmentNotFit;
import delivery.waiting.NotMet;
import delivery.waiting.Waiting;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The Applications that a run makes for its scenarios: whatever happens, none of them outlives it unasked. */
final class Subjects {

    private final Platform platform;
    private final Console console;
    private final Waiting waiting;
    private final boolean keep;
    private final Map<String, Subject> open = new ConcurrentHashMap<>();
    private final Set<String> kept = ConcurrentHashMap.newKeySet();
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    /** @param keep what a failed scenario made stays, to be looked at */
    Subjects(Platform platform, Console console, Waiting waiting, boolean keep) {
        this.platform = platform;
        this.console = console;
        this.waiting = waiting;
        this.keep = keep;
    }

    /**
     * Removes what runs left that are no more.
     *
     * @param run id of this run, whose own is left alone
     */
    void sweep(String run) {
        try {
            Owner self = Owner.self();
            // Applications first: they would put back what goes with the namespaces.
            platform.argoCd().labelled(Scope.MANAGED_BY, Scope.OWNER).forEach((name, annotations) -> {
                if (Owner.isGone(annotations, self) && platform.argoCd().delete(name)) {
                    console.say("removed what an earlier run left: Application " + name);
                }
            });
            Scope.sweep(platform.cluster().client(), Set.of(run))
                    .forEach(name -> console.say("removed what an earlier run left: namespace " + name));
        } catch (KubernetesClientException refused) {
            throw ApiFailure.of("looking for what earlier runs left", refused);
        } catch (ArgoCdRefused refused) {
            throw new EnvironmentNotFit(refused.getMessage(),
                    "Give the user of ARGOCD_AUTH_TOKEN the role that README.md lists", refused);
        }
    }

    /** Answers for an Application from now on. */
    Subject open(Subject subject) {
        names.add(subject.name());
        open.put(subject.name(), subject);
        return subject;
    }

    /** Removes what a scenario made, or says where it stays. */
    void end(Subject subject, boolean failed) {
        open.remove(subject.name());
        try (subject) {
            if (failed && keep) {
                console.say("KEEP: " + subject.name() + " stays until the next run; look at it with"
                        + " 'kubectl argo rollouts get rollout --namespace " + subject.name() + " "
                        + subject.release().rollout().map(rollout -> rollout.name()).orElse("NAME") + "' and 'argocd app"
                        + " get " + subject.name() + "'");
                kept.add(subject.name());
            } else {
                subject.remove();
            }
        }
    }

    /** Names of all that were ever opened, gone or not. */
    Set<String> names() {
        return new TreeSet<>(names);
    }

    /** What scenarios did not get to remove, because the run was interrupted. */
    void removeAll() {
        for (Subject subject : List.copyOf(open.values())) {
            open.remove(subject.name());
            try (subject) {
                subject.remove();
            } catch (KubernetesClientException | EnvironmentNotFit | ArgoCdRefused unreachable) {
                console.say(subject.name() + " could not be removed, the next run sees to it: "
                        + unreachable.getMessage());
            }
        }
    }

    /** Waits until the cluster has removed what was given up; says what it has not. */
    void awaitRemoval() {
        List<String> left = new ArrayList<>();
        for (String name : names) {
            if (!kept.contains(name)) {
                try {
                    Scope.awaitGone(platform.cluster().client(), name, waiting);
                } catch (NotMet | EnvironmentNotFit | KubernetesClientException stillThere) {
                    left.add(name);
                }
            }
        }
        if (!left.isEmpty()) {
            console.say("still being removed, the next run sees to it: " + String.join(", ", left));
        }
    }
}
