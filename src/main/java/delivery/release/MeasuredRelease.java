package delivery.release;

import delivery.rollout.Release;
import delivery.rollout.Rollout;
import delivery.traffic.AskedShare;

/** The part of a release that the measurement of its canary's weights needs. */
public interface MeasuredRelease {

    /** Where it is. */
    ReleaseSite site();

    Release release();

    Rollout rollout();

    Audience audience();

    /** Its record of what was done and what came of it. */
    Journal journal();

    /** What its gateway and its Services serve. */
    Routes served();

    /** What the gateway and the Services of a release serve. */
    interface Routes {

        /** Waits until the gateway serves a version by the share that is asked for, or that its pods make of it. */
        AskedShare awaitShare(Version version, AskedShare before, int percent);

        /** The share that the release is to serve now at a weight: without a traffic router, that of its pods. */
        AskedShare share(int percent);

        /** Waits until a Service answers with this version alone. */
        void await(String service, Version version);
    }
}
