package delivery.release;

import delivery.rollout.Release;
import delivery.rollout.Rollout;
import delivery.traffic.AskedShare;

/** The part of a release that the measurement of its canary's weights needs. */
public interface MeasuredRelease {

    /** The place of the release. */
    ReleaseSite site();

    Release release();

    Rollout rollout();

    Audience audience();

    /** The record of the actions on the release and of their outcomes. */
    Journal journal();

    /** The waits for what its gateway and its Services serve. */
    Routes served();

    /** The waits for what the gateway and the Services of a release serve. */
    interface Routes {

        /** Waits until the gateway serves a version with this share or, without a traffic router, its pods' share. */
        AskedShare awaitShare(Version version, AskedShare before, int percent);

        /** The share expected now at a weight in percent; without a traffic router, the share of the pods. */
        AskedShare share(int percent);

        /** Waits until a Service answers with this version alone. */
        void await(String service, Version version);
    }
}
