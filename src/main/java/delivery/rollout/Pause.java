package delivery.rollout;

import java.time.Instant;

/**
 * A reason for which a Rollout is paused.
 *
 * @param reason {@code BlueGreenPause}, {@code CanaryPauseStep}, {@code InconclusiveAnalysisRun}, ...
 * @param since  when it began
 */
public record Pause(String reason, Instant since) {
}
