package delivery.timeline;

import delivery.traffic.Sample;
import java.time.Duration;

/**
 * A piece of the time, and who answered in it.
 *
 * @param from   when it begins, since the beginning of all
 * @param to     when it ends
 * @param answers those to the requests that were sent in it; none if none was
 */
public record TimeSlice(Duration from, Duration to, Sample answers) {

    /** What a version served in percent of all requests of this time, 0 of none. */
    public double share(String version) {
        return answers.share(version);
    }

    /** How many requests failed. */
    public int failed() {
        return answers.lost();
    }
}
