package delivery.steps;

import delivery.failure.InvalidSelection;
import delivery.release.OldReplicaSet;
import delivery.release.Passage;
import delivery.release.PodWatch;
import delivery.rollout.Release;
import java.util.Optional;

/** The pods of one scenario's versions, observed from step to step. */
public final class ScenarioPods {

    private final ScenarioWorld scene;
    private Optional<OldReplicaSet> old = Optional.empty();
    private Optional<PodWatch> fresh = Optional.empty();
    private Optional<Release> atSwitch = Optional.empty();

    public ScenarioPods(ScenarioWorld scene) {
        this.scene = scene;
    }

    /** Starts to watch the old version's pods. */
    void watchOld() {
        old = Optional.of(OldReplicaSet.of(scene.subject(), scene.old().tag()));
    }

    /** Starts to watch the old version's pods while the new version waits. */
    void watchOld(Passage held) {
        old = Optional.of(held.oldPods());
    }

    OldReplicaSet old() {
        return old.orElseThrow(() -> missing("the new version is released"));
    }

    /** Starts to watch the new version's pods. */
    void watchNew(Release release) {
        fresh = Optional.of(new PodWatch(scene.subject(), release.rollout().orElseThrow().currentHash()));
    }

    PodWatch fresh() {
        return fresh.orElseThrow(() -> missing("the new version waits on preview"));
    }

    /** Records the moment at which users are switched. */
    void switched(Release release) {
        atSwitch = Optional.of(release);
    }

    Release atSwitch() {
        return atSwitch.orElseThrow(() -> missing("the release is promoted"));
    }

    private static InvalidSelection missing(String step) {
        return new InvalidSelection("Nothing is known of these pods: write \"" + step + "\" before this step");
    }
}
