package delivery.endurance;

import java.util.List;
import java.util.Set;

/**
 * One run that was interrupted, and what came after it.
 *
 * @param how        "Ctrl-C" or "kill -9"
 * @param at         seconds after its first scenario began; 0 for one that was left alone
 * @param underWay   ids of the criteria that had begun and not ended
 * @param reports    of its reports those that it had written
 * @param atOnce     what was left of it when it had ended
 * @param next       what the next run found, in words
 * @param gone       what was left when that had ended and nothing should have been
 * @param complaints what is not as it should be; empty if all is
 */
record Interruption(String number, String how, double at, Set<String> underWay, List<String> reports,
        Set<String> atOnce, String next, String gone, List<String> complaints) {
}
