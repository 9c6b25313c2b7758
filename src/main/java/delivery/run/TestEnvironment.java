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
 * The environment of a run, with everything that the run creates in it. None of that outlives the run, unless KEEP is
 * set.
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
    private volatile boolean interrupted;

    /**
     * Creates nothing on the platform yet. Later creations are removed even if the process is ended from outside.
     *
     * @param check id of the criterion that is charged with the waits of the validation
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
            // A run in place makes no copy.
            if (!settings.inPlace()) {
                new DryClone(platform, pattern, waiting.by(check), run, name).require();
            }
        }, run);
    }

    /**
     * Restores and removes what earlier runs left, and checks the environment; {@link Validation#requireAll()} throws
     * the problems found. In place it then asks for agreement to change the live release.
     *
     * @param selected ids of the criteria to be proved; empty if they are not known
     * @throws RuntimeException the reason why no criterion can be proved here
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

    /** Returns the live Application. */
    LiveApplication live() {
        return live;
    }

    /**
     * Restores what was changed in place, once.
     *
     * @return the failure to restore it or to serve its users; empty if there was none
     */
    Optional<EnvironmentNotFit> putBack() {
        return live.putBack().or(() -> live.users().flatMap(LiveUsers::unserved));
    }

    /**
     * Cleans up when the process ends. If the run finished by itself, nothing is left to do. The live release comes
     * first, because a process that was ended from outside may have only a few seconds.
     */
    void interrupted() {
        if (!removed) {
            interrupted = true;
            try {
                live.putBack();
            } finally {
                releases.interrupt();
                removeVersions();
            }
        }
    }

    /** Whether the process is ending, while scenarios may still look at what the run itself removes or puts back. */
    boolean isInterrupted() {
        return interrupted;
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

    /** Describes the platform in a few words. */
    String target() {
        return (settings.lab() ? "the embedded lab, " : "") + platform.cluster().address();
    }

    public synchronized Versions versions() {
        if (versions.isEmpty()) {
            versions = Optional.of(new Versions(platform, validation.pattern(), run));
        }
        return versions.get();
    }

    /** Returns the name of the Application of a criterion's scenario; scenarios are numbered from 1. */
    String name(Criterion criterion, int number) {
        return validation.pattern().application().name() + "-" + criterion.id().toLowerCase(Locale.ROOT)
                + (number > 1 ? "-" + number : "") + "-" + run;
    }

    /** Returns a scenario's own Application, not created yet, or in place the live one, not changed yet. */
    ReleaseUnderTest release(Criterion criterion, String name, Journal journal) {
        return releases.open(new ReleaseUnderTest(platform, validation.pattern(), waiting.by(criterion.id()), journal,
                run, live.site(validation, name)));
    }

    OpenReleases releases() {
        return releases;
    }

    /** Returns the outage of the platform that makes a failure inconclusive, if any; see {@link EnvironmentHealth}. */
    Optional<EnvironmentNotFit> unfitBehind(AssertionError error, Instant begun, Set<String> namespaces) {
        return health.flatMap(followed -> followed.unfitBehind(error, begun, namespaces));
    }

    /** Starts the removal of everything that the scenarios left. */
    void giveUp() {
        health.ifPresent(EnvironmentHealth::close);
        releases.removeAll();
    }

    /** Waits until everything is removed. */
    void awaitRemoval() {
        releases.awaitRemoval();
        removeVersions();
        removed = true;
    }

    /** Removes the built versions, unless a kept release, or one that could not be restored, needs them. */
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
