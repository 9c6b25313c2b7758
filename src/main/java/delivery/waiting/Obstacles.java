package delivery.waiting;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/** The obstacles of one wait, each with the time from which on it has been there without a break. */
final class Obstacles {

    /** @param renewed when its number of reports last changed; empty if it has not */
    private record Sighting(Obstacle obstacle, Duration since, Optional<Duration> renewed) {

        Sighting again(Obstacle now, Duration elapsed) {
            return new Sighting(now, since, now.reports() == obstacle.reports() ? renewed : Optional.of(elapsed));
        }
    }

    private Map<String, Sighting> sightings = Map.of();

    /** Takes the obstacles that are there now, the most specific one first. */
    void see(List<Obstacle> now, Duration elapsed) {
        Map<String, Sighting> next = new LinkedHashMap<>();
        for (Obstacle obstacle : now) {
            Sighting before = sightings.get(obstacle.key());
            next.putIfAbsent(obstacle.key(), before == null ? new Sighting(obstacle, elapsed, Optional.empty())
                    : before.again(obstacle, elapsed));
        }
        sightings = next;
    }

    /** The first obstacle that is final. One that is only reported must have been reported again after its grace. */
    Optional<Obstacle> insurmountable(Duration elapsed) {
        return first((sighting, obstacle) -> obstacle.grace().filter(grace -> {
            Optional<Duration> until = obstacle.reports() == 0 ? Optional.of(elapsed) : sighting.renewed();
            return until.filter(time -> time.minus(sighting.since()).compareTo(grace) >= 0).isPresent();
        }).isPresent());
    }

    /** The first obstacle that is still there or was reported during the wait: the cause, if no better one is known. */
    Optional<Obstacle> likely() {
        return first((sighting, obstacle) -> obstacle.reports() == 0 || sighting.renewed().isPresent()
                || !sighting.since().isZero());
    }

    /** All current obstacles except the cause, as a line of the message; empty if there are none. */
    String others(Optional<Obstacle> cause) {
        String others = sightings.values().stream().map(Sighting::obstacle)
                .filter(obstacle -> cause.filter(obstacle::equals).isEmpty()).map(Obstacle::sentence)
                .collect(Collectors.joining("; "));
        return others.isEmpty() ? "" : "\nAlso seen: " + others;
    }

    private Optional<Obstacle> first(BiPredicate<Sighting, Obstacle> is) {
        return sightings.values().stream().filter(sighting -> is.test(sighting, sighting.obstacle()))
                .map(Sighting::obstacle).findFirst();
    }
}
