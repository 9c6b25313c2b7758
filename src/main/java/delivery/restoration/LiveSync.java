package delivery.restoration;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.argocd.Application;
import delivery.argocd.ApplicationExpectations;
import delivery.argocd.LiveApplicationWriter;
import delivery.argocd.ArgoCd;
import delivery.argocd.ArgoCdRefused;
import delivery.history.PerformedAction;
import delivery.waiting.Expectation;
import delivery.waiting.Feed;
import delivery.waiting.Outcome;
import delivery.waiting.ResourceVersion;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Syncs the live Application, as a person does.
 *
 * @param permit sends a call, or throws if it must no longer be sent
 */
public record LiveSync(ArgoCd argoCd, Waiting waiting,
        Function<Supplier<LiveApplicationWriter.Written>, LiveApplicationWriter.Written> permit) {

    /**
     * Waits until Argo CD has rendered the Application's current specification, syncs it, and waits until it is
     * applied.
     *
     * @param application the feed of the Application
     * @param did         receives the call
     */
    public Application sync(Feed<Application> application, Consumer<PerformedAction> did) {
        Application compared = waiting.until(application, ApplicationExpectations.compared(), WaitLimit.SYNC);
        Feed<JsonNode> whole = new ApplicationObjectFeed(argoCd, application, compared.name());
        waiting.until(whole, idle(), WaitLimit.SYNC);
        Optional<ResourceVersion> asked = ask(compared, did);
        waiting.until(whole, Expectation.of("the sync of the Application " + compared.name() + " ends", object ->
                asked.filter(version -> version.isLaterThan(ResourceVersion.of(object))).isPresent()
                        ? Outcome.<JsonNode>notYet("it was just asked for") : idle().judge(object)), WaitLimit.SYNC);
        application.readNow();
        return waiting.until(application, ApplicationExpectations.synced(), WaitLimit.SYNC);
    }

    /** Asks for a sync; empty if Argo CD has just begun one by itself. */
    private Optional<ResourceVersion> ask(Application compared, Consumer<PerformedAction> did) {
        try {
            LiveApplicationWriter.Written asked = permit.apply(() -> argoCd.writer().sync(compared));
            did.accept(asked.action());
            return Optional.of(ResourceVersion.of(asked.object()));
        } catch (ArgoCdRefused refused) {
            if (String.valueOf(refused.getMessage()).contains("operation is already in progress")) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private static Expectation<JsonNode, JsonNode> idle() {
        return Expectation.of("no sync of the Application is under way", object -> {
            String phase = object.at("/status/operationState/phase").asText("");
            return object.path("operation").isObject() || phase.equals("Running") || phase.equals("Terminating")
                    ? Outcome.notYet("a sync is " + (phase.isEmpty() ? "to begin" : phase) + ": "
                            + object.at("/status/operationState/message").asText(""))
                    : Outcome.met(object);
        });
    }
}
