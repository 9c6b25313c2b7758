package delivery.run;

import delivery.console.Console;
import delivery.criteria.Criterion;
import delivery.environment.EnvironmentHealth;
import delivery.environment.Platform;
import delivery.environment.Validation;
import delivery.failure.EnvironmentNotFit;
import delivery.release.DryClone;
import delivery.release.Journal;
import delivery.release.ReleaseUnderTest;
import delivery.release.Versions;
import delivery.settings.Settings;
import delivery.waiting.Waiting;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The environment of a run, with everything that the run creates in it. None of that outlives the run, unless KEEP asks
 * for it.
 */
public final class TestEnvironment implements AutoCloseable {

    private final String run;
    private final Settings settings;
    private final Platform platform;
    private final Console console;
    private final Waiting waiting;
    private final OpenReleases releases;
    private final Validation validation;
    private final LiveApplication live;
    private volatile Optional<EnvironmentHealth> health = Optional.empty();
    private Optional<Versions> versions = Optional.empty();
    private volatile boolean removed;

    /**
     * Makes nothing yet. What it makes later is removed even if the process is ended from outside.
     *
     * @param check id of the criterion that its waits are counted for while it is validated
     */
    TestEnvironment(Settings settings, Platform platform, Console console, String run, String check) {
        this.run = run;
        this.settings = settings;
        this.platform = platform;
        this.console = console;
        this.waiting = new Waiting(settings.patience(), console);
        this.releases = new OpenReleases(platform, console, waiting, run, settings.keep());
        this.live = new LiveApplication(platform, waiting.by(check), console, run);
        this.validation = new Validation(platform, waiting.by(check), (pattern, name) -> {
            // In place no copy is made.
            if (!settings.inPlace()) {
                new DryClone(platform, pattern, waiting.by(check), run, name).require();
            }
        }, run);
    }

    /**
     * Puts back and removes what earlier runs left, and checks that the environment can carry a proof; what the checks
     * find is thrown by {@link Validation#requireAll()}. In place it asks then whether the live release may be changed.
     *
     * @param selected ids of the criteria that are to be proved; none if that is not known
     * @throws RuntimeException what keeps every criterion from being proved here
     */
    void validate(Set<String> selected) {
        Runtime.getRuntime().addShutdownHook(new Thread(this::interrupted, "removal"));
        live.putBackEarlier();
        new EarlierRuns(platform, console).sweep(run);
        try {
            validation.run();
        } finally {
            validation.namespace().ifPresent(releases::open);
        }
        health = validation.fitness();
        if (settings.inPlace() && validation.findings().values().stream().allMatch(found -> found.unfit().isEmpty())) {
            live.take(validation, selected);
        }
    }

    /** The live Application. */
    LiveApplication live() {
        return live;
    }

    /**
     * Puts back what was changed in place, once.
     *
     * @return that it could not be put back, or that its users were not served; empty if neither is so
     */
    Optional<EnvironmentNotFit> putBack() {
        return live.putBack().or(() -> live.users().flatMap(LiveUsers::unserved));
    }

    /**
     * The process ends. What it made is gone already where the run came to its own end. The live release comes first,
     * as whoever ended the process may wait a few seconds only.
     */
    private void interrupted() {
        if (!removed) {
            try {
                live.putBack();
            } finally {
                releases.interrupt();
                removeVersions();
            }
        }
    }

    public Settings settings() {
        return settings;
    }

    public Platform platform() {
        return platform;
    }

    public Validation validation() {
        return validation;
    }

    Waiting waiting() {
        return waiting;
    }

    /** The platform in a few words. */
    String target() {
        return (settings.lab() ? "the embedded lab, " : "") + platform.cluster().address();
    }

    public synchronized Versions versions() {
        if (versions.isEmpty()) {
            versions = Optional.of(new Versions(platform, validation.pattern(), run));
        }
        return versions.get();
    }

    /** Name of the Application of a criterion's scenario, by number. */
    String name(Criterion criterion, int number) {
        return validation.pattern().application().name() + "-" + criterion.id().toLowerCase(Locale.ROOT)
                + (number > 1 ? "-" + number : "") + "-" + run;
    }

    /** An Application of a scenario's own, not made yet; in place the live one, not changed yet. */
    ReleaseUnderTest release(Criterion criterion, String name, Journal journal) {
        return releases.open(new ReleaseUnderTest(platform, validation.pattern(), waiting.by(criterion.id()), journal,
                run, live.site(validation, name)));
    }

    OpenReleases releases() {
        return releases;
    }

    /** The outage of the platform that makes a failure inconclusive, if there was one: {@link EnvironmentHealth}. */
    Optional<EnvironmentNotFit> unfitBehind(AssertionError error, Instant begun, Set<String> namespaces) {
        return health.flatMap(followed -> followed.unfitBehind(error, begun, namespaces));
    }

    /** Gives up what is left of what the scenarios made. */
    void giveUp() {
        health.ifPresent(EnvironmentHealth::close);
        releases.removeAll();
    }

    /** Waits until what was given up is gone. */
    void awaitRemoval() {
        releases.awaitRemoval();
        removeVersions();
        removed = true;
    }

    /** What runs them is gone by then; they stay if a release is kept, or could not be put back, which needs them. */
    private void removeVersions() {
        if (!releases.keepsAny() && live.putBack().isEmpty()) {
            built().flatMap(Versions::remove).ifPresent(console::say);
        }
    }

    private synchronized Optional<Versions> built() {
        return versions;
    }

    @Override
    public void close() {
        platform.close();
    }
}
