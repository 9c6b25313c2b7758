package delivery.argocd;

import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import java.util.Set;

/** What is expected of an Application. */
public final class ApplicationExpectations {

    private ApplicationExpectations() {
    }

    /** What it asks for now is what the cluster has. */
    public static Expectation<Application, Application> synced() {
        return Expectation.of("Argo CD has synced the Application", application -> {
            for (String condition : application.conditions()) {
                // What Argo CD cannot render or apply, it will not by itself.
                if (condition.startsWith("ComparisonError") || condition.startsWith("InvalidSpecError")) {
                    return Outcome.impossible(condition);
                }
            }
            boolean failed = Set.of("Failed", "Error").contains(application.operation())
                    && application.compared().equals(application.parameters());
            if (failed) {
                return Outcome.impossible("the sync failed: " + application.operationMessage());
            }
            return application.synced() ? Outcome.met(application) : Outcome.notYet(application.summary());
        });
    }

    /** It is synced, and has this health. */
    public static Expectation<Application, Application> syncedAnd(String health) {
        return Expectation.of("Argo CD says that the Application is synced and " + health, application ->
                application.synced() && application.health().equals(health)
                        ? Outcome.met(application) : Outcome.notYet(application.summary()));
    }
}
