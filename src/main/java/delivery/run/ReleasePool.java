package delivery.run;

import delivery.console.Console;
import delivery.criteria.Criterion;
import delivery.criteria.Observations;
import delivery.history.CallLog;
import delivery.history.HistoryEntry;
import delivery.history.RecordedCall;
import delivery.release.Journal;
import delivery.release.Passage;
import delivery.release.Position;
import delivery.release.ReleaseUnderTest;
import delivery.release.pool.Place;
import delivery.release.pool.Pool;
import delivery.release.pool.Situation;
import delivery.release.pool.Way;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * Gives each scenario a release in the situation that it asks for: either one that another scenario left, brought there
 * in the cheapest way and checked again, or a new one. A release that a failed scenario left is never reused.
 */
public final class ReleasePool {

    /** The time within which scenarios that begin together ask for their releases, even on a busy machine. */
    private static final Duration SETTLING = Duration.ofMillis(700);

    /** A release that no scenario uses. */
    private record Left(ReleaseUnderTest release, String criterion, Position position, Instant at) {

        String words() {
            return "that " + criterion + " left " + position.standing().stage() + " at "
                    + at.truncatedTo(ChronoUnit.SECONDS).toString().replaceFirst(".*T", "");
        }
    }

    /**
     * The pool's view of the run's scenarios and their turns.
     *
     * @param scenarios    number of scenarios; 0 if it is not known
     * @param ended        number of scenarios that have ended
     * @param queues       called when this thread's scenario begins to wait
     * @param goesOn       called when it continues
     * @param observations receives the time that it waited
     */
    record Turns(int scenarios, IntSupplier ended, Runnable queues, Consumer<Criterion> goesOn,
            Observations observations) {
    }

    private final TestEnvironment environment;
    private final OpenReleases releases;
    private final HistoryAudit audit;
    private final Console console;
    private final Turns turns;
    private final CallLog calls;
    private final boolean handsOn;
    private final Pool<Left> pool;
    private final Map<String, String> holders = new ConcurrentHashMap<>();
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
    private final Set<String> readers = ConcurrentHashMap.newKeySet();

    ReleasePool(TestEnvironment environment, CallLog calls, HistoryAudit audit, Console console, Turns turns) {
        this.environment = environment;
        this.releases = environment.releases();
        this.calls = calls;
        this.audit = audit;
        this.console = console;
        this.turns = turns;
        int most = environment.settings().releases();
        // Each further use of a release takes new versions, and a team has built only a few of its own.
        this.handsOn = environment.settings().newVersions().ready().isEmpty()
                && (turns.scenarios() == 0 || most < turns.scenarios());
        this.pool = new Pool<>(most, environment.settings().parallel(), handsOn ? SETTLING : Duration.ZERO);
    }

    /** Declares that a scenario, given by its id, must see its release deployed from the beginning. */
    public void readsDeployment(String scenario) {
        readers.add(scenario);
    }

    /** Whether scenarios use releases that other scenarios left. */
    boolean handsOn() {
        return handsOn;
    }

    /**
     * Waits for a release that no other scenario uses: one that is in the situation, or one that must still be created.
     */
    public Passage take(Criterion criterion, String scenario, Situation situation, Journal journal) {
        Situation wanted = readers.contains(scenario) ? situation.seenFromTheBeginning() : situation;
        turns.queues().run();
        Instant asked = Instant.now();
        Place<Left> place = pool.take(wanted);
        boolean held = false;
        try {
            turns.observations().queued(scenario, asked, Instant.now());
            turns.goesOn().accept(criterion);
            place.dropped().ifPresent(dropped -> releases.end(dropped.release(), false));
            Passage passage = place.release()
                    .flatMap(left -> takeOver(left, place.way(), criterion, wanted, journal))
                    .orElseGet(() -> new Passage(make(criterion, journal), environment.versions(), wanted));
            holders.put(passage.subject().name(), criterion.id());
            held = true;
            return passage;
        } finally {
            if (!held) {
                pool.free();
            }
        }
    }

    private ReleaseUnderTest make(Criterion criterion, Journal journal) {
        ReleaseUnderTest made = environment.release(criterion,
                environment.name(criterion, numbers.merge(criterion.id(), 1, Integer::sum)), journal);
        record(made, criterion);
        return made;
    }

    private void record(ReleaseUnderTest release, Criterion criterion) {
        Stream.of(release.name(), release.site().namespace()).distinct()
                .forEach(name -> audit.made(name, criterion.id()));
    }

    private ReleaseUnderTest hand(Left left, Criterion criterion, Journal journal) {
        record(left.release(), criterion);
        return releases.open(left.release().handedTo(environment.waiting().by(criterion.id()), journal, left.words()));
    }

    /** Returns empty if the release could not be brought into the situation: that is not a verdict. */
    private Optional<Passage> takeOver(Left left, Way way, Criterion criterion, Situation wanted, Journal journal) {
        ReleaseUnderTest release = hand(left, criterion, journal);
        Passage passage = new Passage(release, environment.versions(), wanted);
        try {
            passage.takeOver(way);
            return Optional.of(passage);
        } catch (RuntimeException | AssertionError unfit) {
            console.say(criterion.id() + ": the release " + left.words() + " is not used: "
                    + String.valueOf(unfit.getMessage()).lines().findFirst().orElse(""));
            journal.endedEarly("the release was not used");
            releases.end(release, false);
            return Optional.empty();
        }
    }

    /** Takes back a release that a scenario no longer needs. If the scenario failed, no other scenario gets it. */
    public void end(ReleaseUnderTest release, boolean failed) {
        String criterion = holders.remove(release.name());
        int ahead = turns.scenarios() - turns.ended().getAsInt() - 1 - holders.size();
        boolean wanted = turns.scenarios() == 0 || ahead > pool.idle();
        Optional<Left> left = Optional.empty();
        try {
            left = handsOn && wanted && !failed ? left(release, criterion) : Optional.empty();
            if (left.isEmpty()) {
                releases.end(release, failed);
            }
        } finally {
            left.ifPresentOrElse(found -> pool.giveBack(found, found.position().standing()), pool::free);
        }
    }

    /**
     * Returns the calls that must be in the history of a criterion: those on the releases of all its scenarios, and
     * those that pushed versions.
     */
    public List<RecordedCall> calls(Criterion criterion, String tag, List<HistoryEntry> entries) {
        return Stream.concat(audit.madeFor(criterion.id()).stream()
                .flatMap(name -> audit.calls(criterion.id(), name, calls).stream()),
                calls.pushesOf(tag, entries).stream()).distinct().toList();
    }

    private static Optional<Left> left(ReleaseUnderTest release, String criterion) {
        try {
            Optional<Left> left = release.position()
                    .map(position -> new Left(release, criterion, position, Instant.now()));
            release.journal().close();
            return left;
        } catch (RuntimeException unknown) {
            return Optional.empty();
        }
    }
}
