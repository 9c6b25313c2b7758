package delivery.run;

import delivery.release.OldReplicaSet;
import delivery.release.Passage;
import delivery.release.ReleaseUnderTest;
import delivery.release.Version;
import java.util.Optional;

/** A release that a scenario has for itself. */
public final class HeldRelease {

    private final Passage passage;
    private final boolean made;

    /** @param made whether it is there, in the situation that was asked for */
    HeldRelease(Passage passage, boolean made) {
        this.passage = passage;
        this.made = made;
    }

    public ReleaseUnderTest release() {
        return passage.subject();
    }

    /** Makes it, if it is not there, and brings it into the situation that was asked for. */
    public void bring() {
        if (!made) {
            passage.make();
        }
    }

    /** The version that users have, before the one that is released. */
    public Version old() {
        return passage.old();
    }

    /** The version that waits, or was promoted; empty if the situation has none. */
    public Optional<Version> next() {
        return passage.next();
    }

    /** The pods that users have beside a version that waits. */
    public OldReplicaSet oldPods() {
        return passage.oldPods();
    }
}
