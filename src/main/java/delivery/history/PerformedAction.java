package delivery.history;

import java.time.Instant;
import java.util.List;

/**
 * An action performed on a release.
 *
 * @param command that a person would type
 * @param calls   that were sent, in this order: each "METHOD path body"
 * @param at      when the first was sent
 */
public record PerformedAction(String command, List<String> calls, Instant at) {

    public PerformedAction {
        calls = List.copyOf(calls);
    }

    public PerformedAction(String command, String call, Instant at) {
        this(command, List.of(call), at);
    }
}
