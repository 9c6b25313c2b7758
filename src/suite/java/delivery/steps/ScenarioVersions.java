package delivery.steps;

import delivery.release.Journal;
import delivery.release.Passage;
import delivery.release.ReleaseUnderTest;
import delivery.release.Version;
import delivery.release.Versions;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The versions that one scenario speaks of. Which is old and which is new depends on where its release stands; each is
 * built when it is first asked for.
 */
final class ScenarioVersions {

    private final Supplier<Versions> made;
    private final Journal journal;
    private final Map<VersionRole, Version> named = new EnumMap<>(VersionRole.class);
    private Optional<ReleaseUnderTest> release = Optional.empty();
    private Version before;
    private Version next;

    /** @param made of the run */
    ScenarioVersions(Supplier<Versions> made, Journal journal) {
        this.made = made;
        this.journal = journal;
    }

    /** From now on they are versions of this release. */
    void of(ReleaseUnderTest held) {
        release = Optional.of(held);
    }

    /** They are those that a release was brought to. */
    void of(Passage held) {
        before = held.old();
        named.put(VersionRole.OLD, before);
        held.next().ifPresent(this::release);
    }

    /** Users have this one, and nothing is released yet. */
    void serve(VersionRole age) {
        before = version(age);
    }

    /** The version that users have before the one that is released now. */
    Version old() {
        return before;
    }

    /** The version that is released now. */
    Version next() {
        return next == null ? version(VersionRole.NEW) : next;
    }

    /** The version that is released now, if one is. */
    Optional<Version> underWay() {
        return Optional.ofNullable(next);
    }

    /** From now on this is the new version, and the one that is released. */
    void release(Version version) {
        named.put(VersionRole.NEW, version);
        next = version;
    }

    /**
     * A version is released after the one that users have now.
     *
     * @param atRest whether the release before it has come to its end, so that users have that one
     */
    void release(VersionRole age, BooleanSupplier atRest) {
        if (next != null && atRest.getAsBoolean() && !next.equals(version(age))) {
            before = next;
        }
        next = version(age);
    }

    Version version(VersionRole age) {
        if (!named.containsKey(age)) {
            named.put(age, switch (age) {
                case OLD -> made.get().old();
                case NEW -> made.get().next(had(), journal);
                case NEWER -> made.get().next(had(version(VersionRole.NEW)), journal);
            });
        }
        return named.get(age);
    }

    /** A version that does not hold what its tag says. */
    Version faulty() {
        return made.get().faulty(had(), journal);
    }

    /** A good new version that no other scenario has. */
    Version own() {
        return made.get().own(release.orElseThrow().site().key(), had(), journal);
    }

    /** Tags that are not new versions here. */
    private Set<String> had(Version... others) {
        Set<String> had = new HashSet<>(release.map(ReleaseUnderTest::tags).orElse(Set.of()));
        named.values().forEach(version -> had.add(version.tag()));
        List.of(others).forEach(version -> had.add(version.tag()));
        return had;
    }

    /** The versions that the scenario knows by now. */
    Set<Version> known() {
        Set<Version> known = new HashSet<>(named.values());
        known.add(before);
        underWay().ifPresent(known::add);
        return known;
    }
}
