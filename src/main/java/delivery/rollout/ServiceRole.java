package delivery.rollout;

import java.util.Locale;

/** The purpose of a Service. The Rollout's strategy names the Service for each purpose. */
public enum ServiceRole {
    STABLE, PREVIEW, CANARY;

    /** The name by which the task knows the preview Service. */
    private static final String PREVIEW_NAME = "preview";

    /** @throws AssertionError if the Rollout names none, or a preview Service whose name does not say so */
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
