package delivery.rollout;

/** The weights that the controller requested from the traffic router, in percent; they may not be served yet. */
public record Weights(int canary, int stable) {
}
