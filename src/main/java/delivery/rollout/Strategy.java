package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;

/** The strategy of a Rollout, by the fields of its {@code spec.strategy}. */
public enum Strategy {
    BLUE_GREEN("blue-green"), CANARY("canary"), NONE("no strategy"), BOTH("both strategies");

    private final String words;

    Strategy(String words) {
        this.words = words;
    }

    /** @param strategy {@code spec.strategy} of a Rollout */
    static Strategy of(JsonNode strategy) {
        boolean canary = strategy.path("canary").isObject();
        if (strategy.path("blueGreen").isObject()) {
            return canary ? BOTH : BLUE_GREEN;
        }
        return canary ? CANARY : NONE;
    }

    /** Returns canary for blue-green, and blue-green for canary. */
    public Strategy other() {
        return this == CANARY ? BLUE_GREEN : CANARY;
    }

    @Override
    public String toString() {
        return words;
    }
}
