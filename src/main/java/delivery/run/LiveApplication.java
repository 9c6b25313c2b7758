package delivery.run;

import delivery.console.Console;
import delivery.environment.Platform;
import delivery.environment.Validation;
import delivery.failure.EnvironmentNotFit;
import delivery.failure.UnsafeChange;
import delivery.history.RecordedCall;
import delivery.release.ReleaseSite;
import delivery.restoration.LiveHold;
import delivery.restoration.RestorePoint;
import delivery.rollout.Rollout;
import delivery.waiting.Waiting;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The live Application of a run in place. It is changed only after a person has agreed, and is restored however the run
 * ends. Safe for use by many threads.
 */
final class LiveApplication {

    private final Platform platform;
    private final Waiting waiting;
    private final Console console;
    private final String run;
    private Optional<LiveHold> hold = Optional.empty();
    private Optional<LiveUsers> users = Optional.empty();
    private Optional<EnvironmentNotFit> left = Optional.empty();
    private volatile Instant taken = Instant.MAX;
    private boolean ended;

    LiveApplication(Platform platform, Waiting waiting, Console console, String run) {
        this.platform = platform;
        this.waiting = waiting;
        this.console = console;
        this.run = run;
    }

    /** Restores what an earlier run left changed, even if this run proves on copies. */
    void putBackEarlier() {
        LiveHold.putBackEarlier(platform, waiting, run, console::say);
    }

    /**
     * Shows what will be changed, asks for agreement, and writes the journal.
     *
     * @param selected ids of the criteria to be proved; empty if they are not known
     * @throws UnsafeChange if nobody agreed
     */
    void take(Validation validation, Set<String> selected) {
        Rollout rollout = validation.layout().flatMap(found -> found.rollout()).orElseThrow();
        RestorePoint shown = LiveHold.read(platform, waiting, validation.pattern().image().tag(), rollout);
        requireAgreement(shown.name(), new ChangeNotice(shown, validation.pattern(), platform.settings(), run)
                .text(LiveHold.journal(platform, shown.object(), run), selected));
        // It may have changed while the person decided.
        RestorePoint point = LiveHold.read(platform, waiting, shown.tag(), rollout);
        point.requireSame(shown);
        begin(point, validation);
    }

    void requireAgreement(String application, String notice) {
        console.say(notice);
        boolean agreed = platform.settings().confirmed() || console.agrees("Change the Application " + application
                + ", and put it back afterwards?").orElseThrow(() -> new UnsafeChange(application, "no terminal can ask"
                        + " for agreement; set YES=1 to agree to the changes shown above"));
        if (!agreed) {
            throw new UnsafeChange(application, "the answer was not yes");
        }
    }

    private synchronized void begin(RestorePoint point, Validation validation) {
        if (ended) {
            throw new IllegalStateException("The Application " + point.name() + " is not changed any more: the run was"
                    + " interrupted");
        }
        LiveUsers asked = LiveUsers.of(platform, validation.pattern(), point.rollout(), host(validation));
        hold = Optional.of(LiveHold.take(platform, waiting, point, run, console::say));
        taken = Instant.now();
        users = Optional.of(asked.come());
    }

    /** Returns the host that users ask for, if a route leads to the release. */
    private String host(Validation validation) {
        return validation.layout().flatMap(found -> found.host())
                .orElseGet(() -> platform.settings().application() + "." + platform.settings().hostDomain());
    }

    /**
     * Returns where a scenario's release is: the live one in place, or else a copy.
     *
     * @param key unique among the scenarios; also the name of a copy
     */
    synchronized ReleaseSite site(Validation validation, String key) {
        if (!platform.settings().inPlace()) {
            return ReleaseSite.copy(key, platform.settings().hostDomain(), validation.pattern().rollout());
        }
        return ReleaseSite.live(hold.orElseThrow(() -> new IllegalStateException("The live release was not taken"))
                .application(), host(validation), key);
    }

    /** Whether a call only keeps or restores the release, and therefore belongs to no test case. */
    boolean isOutsideCases(RecordedCall call) {
        return platform.settings().inPlace() && (call.at().isBefore(taken) || call.path().contains("/configmaps")
                || call.target().equals("registry"));
    }

    /** Returns its users, who sent requests until it was restored; empty if the Application was not taken. */
    synchronized Optional<LiveUsers> users() {
        return users;
    }

    /**
     * Restores what was changed, once, and prevents any further change.
     *
     * @return why it could not be restored; empty if it was
     */
    synchronized Optional<EnvironmentNotFit> putBack() {
        if (ended || hold.isEmpty()) {
            ended = true;
            return left;
        }
        ended = true;
        console.say("the Application " + hold.get().point().name() + " is being put back as it was");
        try {
            hold.get().putBack();
        } catch (EnvironmentNotFit notPutBack) {
            console.say(notPutBack.getMessage());
            left = Optional.of(notPutBack);
        }
        users.ifPresent(asked -> {
            asked.end();
            console.say("its users in the meantime: " + asked.words());
        });
        if (platform.settings().pausesSync() && hold.get().point().selfHeals()) {
            console.say("self-heal was paused: that an undo lasts was proved without it");
        }
        return left;
    }
}
