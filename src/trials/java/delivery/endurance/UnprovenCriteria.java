package delivery.endurance;

import delivery.report.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The criteria that a run was to prove and did not. */
final class UnprovenCriteria {

    private UnprovenCriteria() {
    }

    /** Returns each reason once, with its criteria and their verdict: "BG-1 BG-2 not-run: …". */
    static List<String> of(RunRecord run) {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        run.criteria().stream().filter(UnprovenCriteria::is).forEach(line -> byReason
                .computeIfAbsent(line.verdict() + ": " + line.reason(), reason -> new ArrayList<>()).add(line.id()));
        return byReason.entrySet().stream().map(red -> String.join(" ", red.getValue()) + " " + red.getKey()).toList();
    }

    /** Whether a criterion was to be proved and was not. */
    static boolean is(RunRecord.Line line) {
        return line.selected() && !line.verdict().equals("proven");
    }
}
