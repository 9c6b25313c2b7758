package delivery.rollout;

import java.util.Locale;

/** A Service by what it is for; which one that is, the Rollout's strategy says. */
public enum ServiceRole {
    STABLE, PREVIEW, CANARY;

    /** The task knows the preview Service by its name. */
    private static final String PREVIEW_NAME = "preview";

    /** @throws AssertionError if the Rollout names none, or a preview Service that is not called one */
    public String in(Rollout rollout) {
        String name = named(rollout);
        if (this == PREVIEW && !name.toLowerCase(Locale.ROOT).contains(PREVIEW_NAME)) {
            throw new AssertionError("The Rollout's preview Service is " + name + ", which is not the *-" + PREVIEW_NAME
                    + " of the task: are preview and active Service swapped?");
        }
        return name;
    }

    private String named(Rollout rollout) {
        return (this == STABLE ? rollout.stableService() : rollout.newService()).orElseThrow(() ->
                new AssertionError("The release has no " + this + ": its strategy, " + rollout.strategy()
                        + ", names the Services " + String.join(", ", rollout.services())));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT) + " Service";
    }
}
