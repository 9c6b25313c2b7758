package delivery.restoration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.ApplicationSource;
import delivery.argocd.ArgoCdRefused;
import delivery.argocd.LiveApplicationWriter;
import delivery.argocd.SourceParameters;
import delivery.environment.Platform;
import delivery.failure.EnvironmentNotFit;
import delivery.history.PerformedAction;
import delivery.rollout.Rollout;
import delivery.waiting.Waiting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The live Application while a run has it. Every action of the run on it goes through this class. It is written to the
 * journal first, and sent only if the Application is still what the run wrote last and nobody else wrote the
 * specification of its Rollout. Safe for use by many threads.
 */
public final class HeldApplication {

    private final Platform platform;
    private final JournalStore store;
    private final RestorePoint point;
    private final SpecGuard guard;
    private final RolloutCalls rollout;
    /** Specifications that it may have now: two while the answer to a change is not known, else one. */
    private List<JsonNode> written;
    private Optional<EnvironmentNotFit> stopped = Optional.empty();
    /** Whether the run has acted on it, so that the Rollout may differ from before by its doing. */
    private boolean begun;

    /** @param written the specification that it has now */
    HeldApplication(Platform platform, JournalStore store, RestorePoint point, JsonNode written) {
        this.platform = platform;
        this.store = store;
        this.point = point;
        this.guard = new SpecGuard(platform, store, point);
        this.rollout = new RolloutCalls(platform.cluster().client(), point.destination(), point.rollout().name(),
                Supplier::get, action -> { });
        this.written = List.of(written);
    }

    /**
     * Takes an Application that no run has. Writes its journal and nothing else.
     *
     * @throws EnvironmentNotFit if the journal cannot be written, or another run was faster
     */
    public static HeldApplication take(Platform platform, JournalStore store, RestorePoint point) {
        store.create(point);
        return new HeldApplication(platform, store, point, point.spec());
    }

    /** The store of its journal. */
    public JournalStore store() {
        return store;
    }

    /** The state before the run. */
    public RestorePoint point() {
        return point;
    }

    /**
     * Its live Rollout, to be brought to rest as long as the run may act on it.
     *
     * @param did receives everything that is done to it
     */
    public LiveRollout liveRollout(Waiting waiting, Consumer<PerformedAction> did) {
        return new LiveRollout(platform.cluster().client(), point.destination(), point.rollout().name(), waiting,
                this::act, did);
    }

    /** Specifications, one of which the run wrote last. */
    synchronized List<JsonNode> written() {
        return written;
    }

    /** Whether the run wrote this specification last. */
    public synchronized boolean isWritten(JsonNode spec) {
        return written.stream().allMatch(last -> RestorePoint.same(last, spec));
    }

    /**
     * Replaces the specification.
     *
     * @param changes the parameters that differ from the previous specification
     * @param values  the values that are laid over the chart's
     * @throws EnvironmentNotFit if somebody else has changed it, or the run may no longer change it
     */
    public synchronized PerformedAction replace(ObjectNode next, Map<String, String> changes, JsonNode values) {
        boolean paused = point.isAutomated() && !next.at("/syncPolicy/automated").isObject();
        return write(require(), next, (paused ? " --sync-policy none" : "") + ApplicationSource.option(next)
                + LiveApplicationWriter.options(changes, values));
    }

    /** Changes parameters. */
    public synchronized PerformedAction set(Map<String, String> changes) {
        JsonNode now = require();
        ObjectNode next = now.deepCopy();
        SourceParameters.apply((ObjectNode) ApplicationSource.of(next), changes);
        return write(now, next, ApplicationSource.option(next) + LiveApplicationWriter.options(changes,
                next.objectNode()));
    }

    /** Replaces all values that are set in addition to the chart's. */
    public synchronized PerformedAction setValues(ObjectNode values) {
        JsonNode now = require();
        ObjectNode next = now.deepCopy();
        SourceParameters.applyValues((ObjectNode) ApplicationSource.of(next), values);
        return write(now, next, ApplicationSource.option(next) + LiveApplicationWriter.options(Map.of(), values));
    }

    /** Sets the image of a container in the live Rollout, and leaves the Application as it is. */
    public synchronized PerformedAction setImage(String container, String image) {
        require();
        return rollout.setImage(rollout.now(), container, image);
    }

    private PerformedAction write(JsonNode now, JsonNode next, String options) {
        store.written(List.of(now, next));
        written = List.of(now, next);
        LiveApplicationWriter.Written changed;
        try {
            changed = platform.argoCd().writer().replace(point.application(), now, next, options);
        } catch (EnvironmentNotFit | ArgoCdRefused unknown) {
            // The answer may be lost, or somebody was faster: the current specification shows which, if it can be read.
            foreign().ifPresent(this::stopFor);
            throw unknown;
        }
        written = List.of(changed.object().path("spec"));
        store.written(written);
        return changed.action();
    }

    private Optional<EnvironmentNotFit> foreign() {
        try {
            return guard.foreign(written, guard.look(written));
        } catch (EnvironmentNotFit | ArgoCdRefused away) {
            return Optional.empty();
        }
    }

    private void stopFor(EnvironmentNotFit foreign) {
        stopped = Optional.of(foreign);
        throw foreign;
    }

    /** Acts on the release, as long as the run may do so. */
    public synchronized <T> T act(Supplier<T> action) {
        require();
        return action.get();
    }

    /**
     * The current specification.
     *
     * @throws EnvironmentNotFit if somebody else has changed the Application or its Rollout, or the run may no longer
     *     act
     */
    private JsonNode require() {
        stopped.ifPresent(why -> {
            throw new EnvironmentNotFit(why.what(), why.whatToDo(), why);
        });
        store.requireOwn();
        JsonNode now = guard.look(written);
        Rollout released = rollout.now();
        guard.foreign(written, now).or(() -> guard.foreign(released))
                .or(() -> begun ? Optional.empty() : guard.released(released)).ifPresent(this::stopFor);
        begun = true;
        return now.path("spec");
    }

    /** Prevents any further action on it, and waits for the one that is being sent. */
    public synchronized void stop(EnvironmentNotFit why) {
        stopped = stopped.or(() -> Optional.of(why));
    }
}
