package delivery.rollout;

/** What the controller asked of the traffic router, in percent: not what is served. */
public record Weights(int canary, int stable) {
}
