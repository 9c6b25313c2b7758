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
 * The versions that one scenario mentions. The state of its release determines which is old and which is new; each
 * version is built when it is first needed.
 */
final class ScenarioVersions {

    private final Supplier<Versions> made;
    private final Journal journal;
    private final Map<VersionRole, Version> named = new EnumMap<>(VersionRole.class);
    private Optional<ReleaseUnderTest> release = Optional.empty();
    private Version before;
    private Version next;

    /** @param made the versions of the run */
    ScenarioVersions(Supplier<Versions> made, Journal journal) {
        this.made = made;
        this.journal = journal;
    }

    /** Makes them versions of this release from now on. */
    void of(ReleaseUnderTest held) {
        release = Optional.of(held);
    }

    /** Sets the versions that a release was brought to. */
    void of(Passage held) {
        before = held.old();
        named.put(VersionRole.OLD, before);
        held.next().ifPresent(this::release);
    }

    /** Records that users have this version and that no other is being released. */
    void serve(VersionRole age) {
        before = version(age);
    }

    /** Returns the version that users have before the one that is being released. */
    Version old() {
        return before;
    }

    /** Returns the version that is being released. */
    Version next() {
        return next == null ? version(VersionRole.NEW) : next;
    }

    /** Returns the version that is being released, if there is one. */
    Optional<Version> underWay() {
        return Optional.ofNullable(next);
    }

    /** Makes this the new version, and the one that is being released. */
    void release(Version version) {
        named.put(VersionRole.NEW, version);
        next = version;
    }

    /**
     * Records that a version is released after the one that users have now.
     *
     * @param atRest whether the release before it is complete, so that users have its version
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

    /** Returns a version whose content differs from its tag. */
    Version faulty() {
        return made.get().faulty(had(), journal);
    }

    /** Returns a good new version that no other scenario has. */
    Version own() {
        return made.get().own(release.orElseThrow().site().key(), had(), journal);
    }

    /** Returns the tags that are not new versions here. */
    private Set<String> had(Version... others) {
        Set<String> had = new HashSet<>(release.map(ReleaseUnderTest::tags).orElse(Set.of()));
        named.values().forEach(version -> had.add(version.tag()));
        List.of(others).forEach(version -> had.add(version.tag()));
        return had;
    }

    /** Returns the versions that the scenario has used so far. */
    Set<Version> known() {
        Set<Version> known = new HashSet<>(named.values());
        known.add(before);
        underWay().ifPresent(known::add);
        return known;
    }
}
