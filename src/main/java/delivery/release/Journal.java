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
 * Where a scenario tells once what it did and saw: the Session History has it, the report beside the step, and the
 * timeline of what users were served.
 */
public final class Journal implements AutoCloseable {

    private final CaseHistory history;
    private final Evidence evidence;
    private volatile Optional<Timeline> timeline = Optional.empty();

    public Journal(CaseHistory history, Evidence evidence) {
        this.history = history;
        this.evidence = evidence;
    }

    /** From now on it has a timeline, of these requests of the release's users; it ends both. */
    void begin(BackgroundTraffic load, Feed<Release> releases) {
        timeline = Optional.of(new Timeline(load, releases));
    }

    /** Something was changed in the cluster, by one call or several. */
    public void did(PerformedAction action) {
        history.did(action.command(), action.calls().get(0), action.at());
        for (String further : action.calls().subList(1, action.calls().size())) {
            history.observed("accepted; the command goes on");
            history.did(action.command(), further, action.at());
        }
        evidence.attach("Calls that were sent", action.at() + "\n" + action.command() + "\n"
                + String.join("\n", action.calls()));
    }

    /** The same, where more follows before anything can be observed of it. */
    public void accepted(PerformedAction action) {
        did(action);
        observed("accepted");
    }

    /** @param moment what the timeline calls it: "promoted" */
    public void did(PerformedAction action, String moment) {
        timeline.ifPresent(seen -> seen.mark(action.at(), moment));
        did(action);
    }

    /** The release's place was made or removed, which is no act on the release: the report shows none of it. */
    void did(String command, String call, Instant at, String outcome) {
        history.did(command, call, at);
        history.observed(outcome);
    }

    /** What was observed after the last thing done. */
    public void observed(String outcome) {
        history.observed(outcome);
    }

    /** Something was looked at, now, by what a person would type. */
    public void looked(String command, String outcome) {
        history.looked(command, outcome);
    }

    /** The scenario ended, perhaps before anything was observed of the last thing done. */
    public void endedEarly(String why) {
        history.endedEarly(why);
    }

    /** An image was pushed, which is no act on the release. */
    void did(PushedImage image) {
        did(image.command(), image.call(), image.at(), "pushed as " + image.digest());
    }

    /** What the report shows beside the step that runs on the calling thread. */
    public Evidence evidence() {
        return evidence;
    }

    /** Something happened now that nobody did: "synced". */
    void happened(String moment) {
        timeline.ifPresent(seen -> seen.mark(moment));
    }

    /** What users were served and what happened meanwhile, from the first deployment on; empty before. */
    public Optional<Timeline> timeline() {
        return timeline;
    }

    @Override
    public void close() {
        timeline.ifPresent(Timeline::close);
    }
}
