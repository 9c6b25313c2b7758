package delivery.endurance;

import delivery.report.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One of many complete runs.
 *
 * @param number  from 1
 * @param loaded  whether the machine had other work too
 * @param seed    seed of the order of its scenarios
 * @param seconds from the start of its process to the end
 * @param exit    exit code; -1 if it did not end
 * @param record  the record that it wrote; empty if it wrote none
 * @param took    the durations that it printed
 * @param trouble the reason why it cannot be judged; empty if it can
 */
record SoakRun(int number, boolean loaded, long seed, double seconds, int exit, Optional<RunRecord> record,
        Optional<Took> took, String trouble) {

    /** Returns the reasons why the run is not green; empty if it is. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        if (!trouble.isEmpty()) {
            complaints.add(trouble);
        }
        if (exit != 0) {
            complaints.add("exit code " + exit);
        }
        if (record.isEmpty()) {
            complaints.add("no record");
        }
        record.filter(run -> run.result() != RunRecord.Outcome.SUCCESS)
                .ifPresent(run -> complaints.add("its result is " + run.result().spelling()));
        record.map(UnprovenCriteria::of).ifPresent(complaints::addAll);
        return complaints;
    }
}
