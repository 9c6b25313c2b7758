package delivery.console;

import delivery.console.ProgressSnapshot.Line;
import delivery.console.ProgressSnapshot.Mark;
import delivery.console.ProgressSnapshot.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** An estimate of the time that is left, if everything takes as long as it did in the last runs. */
record Estimate(DurationHistory times, int sideBySide) {

    /** The factor by which a scenario must exceed its longest time, plus a margin, to be reported. */
    private static final double LONGER = 1.5;
    private static final Duration A_LITTLE = Duration.ofSeconds(2);

    Estimate {
        sideBySide = Math.max(1, sideBySide);
    }

    /** Returns the time left at {@code now}: "about 40 s left", "at least ..."; empty if it is not known. */
    String words(ProgressSnapshot standing, Duration now) {
        List<Duration> free = new ArrayList<>();
        List<Duration> ahead = new ArrayList<>();
        boolean unknown = false;
        boolean known = false;
        boolean longer = false;
        for (Line line : standing.lines()) {
            Optional<Duration> usual = times.usual(line.criterion().id());
            int open = line.running().size() + line.ahead();
            unknown |= open > 0 && usual.isEmpty();
            known |= open > 0 && usual.isPresent();
            for (Scenario scenario : line.running()) {
                Duration elapsed = now.minus(scenario.since());
                free.add(left(usual.orElse(Duration.ZERO), elapsed));
                longer |= isLonger(line, elapsed);
            }
            ahead.addAll(Collections.nCopies(line.ahead(), usual.orElse(Duration.ZERO)));
        }
        boolean begun = standing.lines().stream().anyMatch(line -> line.mark() != Mark.WAITING);
        Optional<Duration> around = around(standing, begun, now);
        if (standing.proving() ? !known : around.isEmpty()) {
            return longer ? "longer than usual" : "";
        }
        return words(end(free, ahead).plus(around.orElse(Duration.ZERO)), unknown, longer);
    }

    /** Whether a scenario exceeds its longest time on this target by so much that it should be reported. */
    boolean isLonger(Line line, Duration elapsed) {
        return times.longest(line.criterion().id()).filter(longest -> elapsed.compareTo(
                Duration.ofMillis(Math.round(longest.toMillis() * LONGER)).plus(A_LITTLE)) > 0).isPresent();
    }

    /** Returns the time left of the phases before and after all scenarios. */
    private Optional<Duration> around(ProgressSnapshot standing, boolean begun, Duration now) {
        Optional<Duration> after = times.usual(DurationHistory.AFTER);
        if (!begun) {
            Duration since = standing.stage().map(ProgressSnapshot.Activity::since).orElse(now);
            return times.usual(DurationHistory.BEFORE).map(
                    before -> left(before, now.minus(since)).plus(after.orElse(Duration.ZERO)));
        }
        return standing.proving() ? after : after.map(usual -> left(usual, now.minus(standing.lastEnd().orElse(now))));
    }

    /** Returns the time until the last scenario ends if each outstanding one begins as soon as another ends. */
    private Duration end(List<Duration> free, List<Duration> ahead) {
        PriorityQueue<Duration> places = new PriorityQueue<>(free);
        while (places.size() < sideBySide) {
            places.add(Duration.ZERO);
        }
        for (Duration scenario : ahead) {
            places.add(places.remove().plus(scenario));
        }
        return places.stream().max(Duration::compareTo).orElse(Duration.ZERO);
    }

    private static Duration left(Duration usual, Duration elapsed) {
        return usual.compareTo(elapsed) > 0 ? usual.minus(elapsed) : Duration.ZERO;
    }

    private static String words(Duration left, boolean unknown, boolean longer) {
        long seconds = (left.toMillis() + 999) / 1000;
        if (seconds == 0) {
            return longer ? "longer than usual" : unknown ? "" : "about to end";
        }
        return (longer ? "longer than usual, " : "") + (unknown ? "at least " : "about ") + rounded(seconds) + " left";
    }

    /** Rounds a time to the accuracy that an estimate can have. */
    private static String rounded(long seconds) {
        if (seconds < 10) {
            return seconds + " s";
        }
        if (seconds <= 60) {
            return up(seconds, 5) + " s";
        }
        if (seconds < 600) {
            long tens = up(seconds, 10);
            return tens / 60 + " min" + (tens % 60 == 0 ? "" : " " + tens % 60 + " s");
        }
        return up(seconds, 60) / 60 + " min";
    }

    private static long up(long seconds, long step) {
        return (seconds + step - 1) / step * step;
    }
}
