package delivery.steps;

import delivery.rollout.Rollout;

/** A Service by what it is for; which one that is, the Rollout's strategy says. */
public enum ServiceRole {
    STABLE, PREVIEW, CANARY;

    String in(Rollout rollout) {
        return (this == STABLE ? rollout.stableService() : rollout.newService()).orElseThrow(() ->
                new AssertionError("The release has no " + this + ": its strategy, " + rollout.strategy()
                        + ", names the Services " + rollout.services()));
    }

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT) + " Service";
    }
}
