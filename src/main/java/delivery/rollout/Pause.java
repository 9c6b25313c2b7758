package delivery.rollout;

/**
 * A reason for which a Rollout is paused. When it began is not read: that is a time by another machine's clock.
 *
 * @param reason {@code BlueGreenPause}, {@code CanaryPauseStep}, {@code InconclusiveAnalysisRun}, ...
 */
public record Pause(String reason) {
}
