package delivery.argocd;

import delivery.failure.Denial;
import delivery.waiting.Expectation;
import delivery.waiting.Obstacle;
import delivery.waiting.Outcome;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is expected of an Application. */
public final class ApplicationExpectations {

    /** How Argo CD's own components tell of each other that they did not answer (gRPC's codes, Go's network errors). */
    private static final Pattern PASSING = Pattern.compile("code = (Unavailable|DeadlineExceeded|Canceled)"
            + "|connection (refused|reset)|i/o timeout|context (deadline exceeded|canceled)");

    private ApplicationExpectations() {
    }

    /** Whether a message of Argo CD's tells that one of its parts, or the cluster, did not answer it. */
    static boolean isPassing(String message) {
        return PASSING.matcher(message).find();
    }

    /** What it asks for now is what the cluster has. */
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
     * A sync that runs and has not said what it is at: Argo CD itself has not got as far as to apply an object. It says
     * so as soon as it waits for one ({@code setRunningPhase} in gitops-engine's sync_context.go).
     */
    private static Optional<String> idle(Application application) {
        return application.operation().equals("Running") && application.operationMessage().isEmpty()
                ? Optional.of("Argo CD began to sync, and has not applied an object yet: " + application.summary())
                : Optional.empty();
    }

    /** An object that was refused: a first deployment may lack what the live release's namespace has. */
    private static Outcome<Application> denied(Application application) {
        String why = "the sync failed: " + application.operationMessage();
        return new Denial(application.operationMessage()).remedy(Set.of(), !application.deployed().isMissingNode())
                .map(remedy ->
                        Outcome.<Application>impossible(Obstacle.of("Sync", why).inEnvironment(Optional.of(remedy))))
                .orElseGet(() -> Outcome.impossible(why));
    }

    /** Argo CD has rendered all that it asks for now, and compared the cluster with it. */
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

    /** What Argo CD cannot render or apply, it will not by itself; whom it did not reach, it asks again. */
    private static Optional<String> refused(Application application) {
        return application.conditions().stream().filter(condition -> condition.startsWith("ComparisonError")
                || condition.startsWith("InvalidSpecError")).filter(condition -> !isPassing(condition)).findFirst();
    }

    /** What Argo CD says of one of its own parts, or of the cluster, that did not answer it; empty if nothing. */
    public static Optional<String> hindrance(Application application) {
        return Stream.concat(application.conditions().stream(),
                Stream.of("the sync: " + application.operationMessage()))
                .filter(ApplicationExpectations::isPassing).findFirst()
                .map(told -> "Argo CD did not reach what it needs: " + told + "; " + application.summary());
    }

    public static Expectation<Application, Application> syncedAnd(String health) {
        return Expectation.of("Argo CD says that the Application is synced and " + health, application ->
                application.synced() && application.health().equals(health) ? Outcome.met(application)
                        : refused(application).<Outcome<Application>>map(Outcome::impossible)
                        .orElseGet(() -> Outcome.notYet(application.summary())));
    }

    /**
     * Argo CD finds that the Rollout with this name is not what the Application asks for: an undo changes the Rollout
     * alone, and whoever reads Argo CD's status must see that. An Application that ignores differences of its Rollout
     * may be synced.
     */
    public static Expectation<Application, Application> finds(String rollout) {
        return Expectation.of("Argo CD finds that the Rollout " + rollout + " differs from what the Application asks"
                + " for", application -> differs(application, rollout) ? Outcome.met(application)
                        : missing(application));
    }

    /** The same when the undone release has come to rest: nothing else differs, and Argo CD calls it healthy. */
    public static Expectation<Application, Application> findsOnly(String rollout) {
        return Expectation.of("Argo CD says that the Application is Healthy, and that nothing but the Rollout "
                + rollout + " differs from what it asks for", application -> differs(application, rollout)
                && application.differing().size() <= 1 && application.health().equals("Healthy")
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
