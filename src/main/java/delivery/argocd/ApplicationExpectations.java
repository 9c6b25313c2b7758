package delivery.argocd;

import delivery.failure.Denial;
import delivery.waiting.Expectation;
import delivery.waiting.Obstacle;
import delivery.waiting.Outcome;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The expectations that a wait can have of an Application. */
public final class ApplicationExpectations {

    /** How Argo CD's components report that another one did not answer (gRPC's codes, Go's network errors). */
    private static final Pattern PASSING = Pattern.compile("code = (Unavailable|DeadlineExceeded|Canceled)"
            + "|connection (refused|reset)|i/o timeout|context (deadline exceeded|canceled)");

    private ApplicationExpectations() {
    }

    /** Whether a message of Argo CD's says that one of its components, or the cluster, did not answer. */
    static boolean isPassing(String message) {
        return PASSING.matcher(message).find();
    }

    /** Expects that the cluster has what the Application asks for now. */
    public static Expectation<Application, Application> synced() {
        return Expectation.of("Argo CD has synced the Application", application -> {
            Optional<String> refused = refused(application);
            if (refused.isPresent()) {
                return Outcome.impossible(refused.get());
            }
            boolean failed = Set.of("Failed", "Error").contains(application.operation())
                    && application.compared().equals(application.parameters());
            if (failed && !isPassing(application.operationMessage())) {
                return denied(application);
            }
            return application.synced() ? Outcome.met(application) : missing(application);
        });
    }

    /**
     * Returns the state of a sync that runs and has no message yet: Argo CD has not yet applied an object. It writes a
     * message as soon as it waits for one ({@code setRunningPhase} in gitops-engine's sync_context.go).
     */
    private static Optional<String> idle(Application application) {
        return application.operation().equals("Running") && application.operationMessage().isEmpty()
                ? Optional.of("Argo CD began to sync, and has not applied an object yet: " + application.summary())
                : Optional.empty();
    }

    /** Judges a refused object: a first deployment may lack something that the live release's namespace has. */
    private static Outcome<Application> denied(Application application) {
        String why = "the sync failed: " + application.operationMessage();
        return new Denial(application.operationMessage()).remedy(Set.of(), !application.deployed().isMissingNode())
                .map(remedy ->
                        Outcome.<Application>impossible(Obstacle.of("Sync", why).inEnvironment(Optional.of(remedy))))
                .orElseGet(() -> Outcome.impossible(why));
    }

    /** Expects that Argo CD has rendered everything that the Application asks for and compared the cluster with it. */
    public static Expectation<Application, Application> compared() {
        return Expectation.of("Argo CD has rendered the Application and compared the cluster with it", application -> {
            Optional<String> refused = refused(application);
            if (refused.isPresent() && application.isCompared()) {
                return Outcome.impossible(refused.get());
            }
            return application.isCompared() && !application.sync().equals("Unknown") ? Outcome.met(application)
                    : missing(application);
        });
    }

    /** Returns an error that does not go away by itself; where a component did not answer, Argo CD tries again. */
    private static Optional<String> refused(Application application) {
        return application.conditions().stream().filter(condition -> condition.startsWith("ComparisonError")
                || condition.startsWith("InvalidSpecError")).filter(condition -> !isPassing(condition)).findFirst();
    }

    /** Returns Argo CD's message about a component of its own, or the cluster, that did not answer; empty if none. */
    public static Optional<String> hindrance(Application application) {
        return Stream.concat(application.conditions().stream(),
                Stream.of("the sync: " + application.operationMessage()))
                .filter(ApplicationExpectations::isPassing).findFirst()
                .map(message -> "Argo CD did not reach what it needs: " + message + "; " + application.summary());
    }

    public static Expectation<Application, Application> syncedAnd(String health) {
        return Expectation.of("Argo CD says that the Application is synced and " + health, application ->
                application.synced() && application.health().equals(health) ? Outcome.met(application)
                        : refused(application).<Outcome<Application>>map(Outcome::impossible)
                        .orElseGet(() -> Outcome.notYet(application.summary())));
    }

    /**
     * Expects that the Application is synced and healthy. If only another of its Rollouts waits for a person, Argo CD
     * reports the whole Application as suspended, which says nothing about the release.
     *
     * @param otherPaused the other Rollout that waits while the release's own does not; empty if none does
     */
    public static Expectation<Application, Application> healthyBut(Supplier<Optional<String>> otherPaused) {
        return Expectation.of(syncedAnd("Healthy").description(), application ->
                application.synced() && suspendedByOther(application, otherPaused) ? Outcome.met(application)
                        : syncedAnd("Healthy").judge(application));
    }

    private static boolean suspendedByOther(Application application, Supplier<Optional<String>> otherPaused) {
        return application.health().equals("Suspended") && otherPaused.get().isPresent();
    }

    /**
     * Expects that Argo CD finds a difference between this Rollout and what the Application asks for: an undo changes
     * only the Rollout, and everyone who reads Argo CD's status must see that. An Application that ignores differences
     * of its Rollout may be synced.
     */
    public static Expectation<Application, Application> finds(String rollout) {
        return Expectation.of("Argo CD finds that the Rollout " + rollout + " differs from what the Application asks"
                + " for", application -> differs(application, rollout) ? Outcome.met(application)
                        : missing(application));
    }

    /** Expects the same once the undone release is at rest: nothing else differs, and Argo CD reports it as healthy. */
    public static Expectation<Application, Application> findsOnly(String rollout,
            Supplier<Optional<String>> otherPaused) {
        return Expectation.of("Argo CD says that the Application is Healthy, and that nothing but the Rollout "
                + rollout + " differs from what it asks for", application -> differs(application, rollout)
                && application.differing().size() <= 1 && (application.health().equals("Healthy")
                        || suspendedByOther(application, otherPaused))
                        ? Outcome.met(application) : missing(application));
    }

    private static boolean differs(Application application, String rollout) {
        boolean ignored = application.synced() && application.ignores("Rollout");
        return application.isCompared() && (ignored || application.sync().equals("OutOfSync")
                && application.differing().contains("Rollout " + rollout + " differs"));
    }

    private static Outcome<Application> missing(Application application) {
        return hindrance(application).or(() -> idle(application)).map(Outcome::<Application>platformDown)
                .orElseGet(() -> Outcome.notYet(application.summary()));
    }
}
