package delivery.rollout;

/** How a Rollout releases, by the fields of its {@code spec.strategy}. */
public enum Strategy {
    BLUE_GREEN("blue-green"), CANARY("canary"), NONE("no strategy"), BOTH("both strategies");

    private final String words;

    Strategy(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
