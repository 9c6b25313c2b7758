package delivery.restoration;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.argocd.ArgoCdRefused;
import delivery.environment.Platform;
import delivery.failure.EnvironmentNotFit;
import delivery.failure.UnsupportedRollout;
import delivery.rollout.Rollout;
import delivery.rollout.UnsupportedFeatures;
import delivery.text.RunTag;
import delivery.waiting.Waiting;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A run's hold on a live release, from the first entry in the journal until everything is put back.
 *
 * @param point the state of the release before
 */
public record LiveHold(Platform platform, Waiting waiting, RestorePoint point, JournalStore store,
        HeldApplication application, Heartbeat heartbeat, Consumer<String> say) {

    /**
     * Reads a live release as it is, and changes nothing.
     *
     * @param tag     the tag that users have
     * @param rollout the Rollout that releases, wherever it was found
     * @throws UnsupportedRollout if it has a feature that cannot be proved
     * @throws EnvironmentNotFit  if it is not at rest, a sync window is in the way, or a needed permission is missing
     */
    public static RestorePoint read(Platform platform, Waiting waiting, String tag, Rollout rollout) {
        String name = platform.settings().application();
        JsonNode object = platform.argoCd().object(name).orElseThrow(() -> new EnvironmentNotFit(
                "Argo CD has no Application " + name, "Set APPLICATION to the one that the delivery is proved for"));
        LiveRollout live = new LiveRollout(platform.cluster().client(), rollout.namespace(), rollout.name(), waiting,
                Supplier::get, action -> { });
        RestorePoint point = new RestorePoint(object, tag, live.now(), live.replicaSets());
        point.requireRest();
        if (RunTag.matches(tag)) {
            throw new EnvironmentNotFit("Users have " + tag + ", a version that a run built and that nobody put back,"
                    + " and " + journal(platform, object, "") + " is not its journal", "Set JOURNAL to what that run"
                    + " had, so that this one puts the release back; or put it back by hand first");
        }
        Set<String> features = new LinkedHashSet<>(UnsupportedFeatures.of(point.rollout().object()));
        if (!features.isEmpty()) {
            throw new UnsupportedRollout(rollout.name(), List.copyOf(features));
        }
        platform.argoCd().syncWindow(name, point.application().project()).ifPresent(window -> {
            throw new EnvironmentNotFit("Argo CD does not sync the Application " + name + " now: in its project "
                    + point.application().project() + " " + window, "Wait until it may; nothing was changed");
        });
        new Permissions(platform, point, journal(platform, object, "").namespace()).require();
        return point;
    }

    /** The store of an Application's journal. */
    public static JournalStore journal(Platform platform, JsonNode application, String run) {
        return JournalStore.of(platform.cluster().client(), application, platform.settings().journal(), run);
    }

    /**
     * Takes the release: writes the journal, and changes nothing else.
     *
     * @param say receives what was done at the end, and what is left
     */
    public static LiveHold take(Platform platform, Waiting waiting, RestorePoint point, String run,
            Consumer<String> say) {
        JournalStore store = journal(platform, point.object(), run);
        return new LiveHold(platform, waiting, point, store, HeldApplication.take(platform, store, point),
                new Heartbeat(store), say);
    }

    /**
     * Puts back the changes of an earlier run that is over.
     *
     * @throws EnvironmentNotFit if a run may still have the release, or it cannot be put back
     */
    public static void putBackEarlier(Platform platform, Waiting waiting, String run, Consumer<String> say) {
        try {
            Optional<JsonNode> application = platform.argoCd().object(platform.settings().application());
            application.ifPresent(object -> new Restoration(platform, journal(platform, object, run), waiting, say)
                    .afterEarlierRun(platform.settings().inPlace()));
        } catch (ArgoCdRefused refused) {
            throw new EnvironmentNotFit(refused.getMessage(),
                    "Give the user of ARGOCD_AUTH_TOKEN the role that src/doc/own-cluster.md lists", refused);
        }
    }

    /**
     * Puts everything back, and prevents any further change.
     *
     * @throws EnvironmentNotFit if somebody else changed it, or it could not be put back; the journal stays
     */
    public void putBack() {
        application.stop(new EnvironmentNotFit("The run has ended, and puts the Application " + point.name()
                + " back", "Start it again"));
        try {
            new Restoration(platform, store, waiting, say).putBack(point, application.written());
        } finally {
            heartbeat.close();
        }
    }
}
