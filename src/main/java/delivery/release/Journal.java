package delivery.release;

import delivery.evidence.Evidence;
import delivery.history.CaseHistory;
import delivery.history.PerformedAction;
import delivery.registry.PushedImage;
import delivery.rollout.Release;
import delivery.timeline.Timeline;
import delivery.traffic.BackgroundTraffic;
import delivery.waiting.Feed;
import java.time.Instant;
import java.util.Optional;

/**
 * Records what a scenario did and saw in the three places that show it: the Session History, the step in the report,
 * and the timeline of what users were served. A step calls it once.
 */
public final class Journal implements AutoCloseable {

    private final CaseHistory history;
    private final Evidence evidence;
    private volatile Optional<Timeline> timeline = Optional.empty();

    public Journal(CaseHistory history, Evidence evidence) {
        this.history = history;
        this.evidence = evidence;
    }

    /** Begins a timeline of these requests of the release's users. Closing the journal ends both. */
    void begin(BackgroundTraffic load, Feed<Release> releases) {
        timeline = Optional.of(new Timeline(load, releases));
    }

    /** Records an action that changed the cluster by one or more calls. */
    public void did(PerformedAction action) {
        history.did(action.command(), action.calls().get(0), action.at());
        for (String further : action.calls().subList(1, action.calls().size())) {
            history.observed("accepted; the command goes on");
            history.did(action.command(), further, action.at());
        }
        evidence.attach("Calls that were sent", action.at() + "\n" + action.command() + "\n"
                + String.join("\n", action.calls()));
    }

    /** Records an action whose outcome can be observed only after further actions. */
    public void accepted(PerformedAction action) {
        did(action);
        observed("accepted");
    }

    /** @param moment the name of the event on the timeline, such as "promoted" */
    public void did(PerformedAction action, String moment) {
        timeline.ifPresent(seen -> seen.mark(action.at(), moment));
        did(action);
    }

    /**
     * Records that the release's namespace or Application was created or removed. The report does not show it, because
     * it does not act on the release.
     */
    void did(String command, String call, Instant at, String outcome) {
        history.did(command, call, at);
        history.observed(outcome);
    }

    /** Records what was observed after the last action. */
    public void observed(String outcome) {
        history.observed(outcome);
    }

    /** Records a look at the system, with the command that a person would type for it. */
    public void looked(String command, String outcome) {
        history.looked(command, outcome);
    }

    /** Records that the scenario ended, possibly before the outcome of the last action was observed. */
    public void endedEarly(String why) {
        history.endedEarly(why);
    }

    /** Records that an image was pushed. */
    void did(PushedImage image) {
        did(image.command(), image.call(), image.at(), "pushed as " + image.digest());
    }

    /** The evidence that the report shows at the step that runs on the calling thread. */
    public Evidence evidence() {
        return evidence;
    }

    /** Adds an event to the timeline that is not an action of the scenario, such as "synced". */
    void happened(String moment) {
        timeline.ifPresent(seen -> seen.mark(moment));
    }

    /** The timeline of what users were served, together with the events, from the first deployment on; empty before. */
    public Optional<Timeline> timeline() {
        return timeline;
    }

    @Override
    public void close() {
        timeline.ifPresent(Timeline::close);
    }
}
