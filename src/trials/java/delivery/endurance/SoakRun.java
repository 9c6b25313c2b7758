package delivery.endurance;

import delivery.report.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One complete run of many.
 *
 * @param number  from 1
 * @param loaded  whether the machine had other work too
 * @param seed    of the order of its scenarios
 * @param seconds from its start as a process to its end
 * @param exit    its exit code; -1 if it did not end
 * @param record  what it left; empty if nothing
 * @param took    what it said that it took
 * @param trouble what kept it from being judged; empty if nothing did
 */
record SoakRun(int number, boolean loaded, long seed, double seconds, int exit, Optional<RunRecord> record,
        Optional<Took> took, String trouble) {

    /** Why it is no green run; empty if it is one. */
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
