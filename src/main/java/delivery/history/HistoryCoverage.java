package delivery.history;

import java.util.List;
import java.util.Optional;

/** The commands that a test case's history must contain, each given by its beginning. */
public record HistoryCoverage(List<String> commands) {

    public HistoryCoverage {
        commands = List.copyOf(commands);
    }

    /** The first command that is missing, in a sentence; empty if none is. */
    public Optional<String> complaint(List<HistoryEntry> entries) {
        return commands.stream().filter(command -> entries.stream()
                        .noneMatch(entry -> entry.command().startsWith(command))).findFirst()
                .map(command -> "The Session History of this case has no \"" + command.strip() + "\"")
                .or(() -> entries.stream().filter(entry -> entry.outcome().isBlank()).findFirst()
                        .map(entry -> "The Session History has no outcome of: " + entry.command()));
    }
}
