package delivery.endurance;

import java.util.List;
import java.util.Set;

/**
 * A run that was interrupted, and what was found after it.
 *
 * @param how        "Ctrl-C" or "kill -9"
 * @param at         seconds after its first scenario began; 0 for a run that was left alone
 * @param underWay   ids of the criteria that had begun and not ended
 * @param reports    those of its reports that it had written
 * @param atOnce     objects of it that were left when it had ended
 * @param next       the result of the next run, in words
 * @param gone       what was left after the next run, when nothing should have been, in words
 * @param complaints everything that is not as it should be; empty if all is well
 */
record Interruption(String number, String how, double at, Set<String> underWay, List<String> reports,
        Set<String> atOnce, String next, String gone, List<String> complaints) {
}
