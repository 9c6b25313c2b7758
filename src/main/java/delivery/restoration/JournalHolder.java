package delivery.restoration;

import delivery.kubernetes.ProcessIdentity;
import delivery.waiting.Expectation;
import delivery.waiting.Feed;
import delivery.waiting.NotMet;
import delivery.waiting.Outcome;
import delivery.waiting.Subscription;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * The run that holds a journal, and renews a sign of life there every few seconds.
 *
 * @param found the journal as it was first read
 */
record JournalHolder(JournalStore store, JournalStore.Entry found) implements Feed<String> {

    /**
     * Whether the run is still alive. A process of this machine is looked up. If it is not found, a sign is waited for,
     * because the run may be on another machine, or in another container with the same host name.
     */
    boolean isAlive(Waiting waiting) {
        ProcessIdentity self = ProcessIdentity.self();
        boolean here = ProcessIdentity.isOfThisMachine(found.annotations(), self);
        if (here && !ProcessIdentity.isGone(found.annotations(), self)) {
            return true;
        }
        if (here && isSilent()) {
            return false;
        }
        try {
            return waiting.until(this, Expectation.of("run " + found.run() + " says that it still has the Application",
                    renewed -> !renewed.equals(found.renewed()) ? Outcome.met(true)
                            : here && isSilent() ? Outcome.met(false)
                            : Outcome.<Boolean>notYet("it said so last at " + renewed)), WaitLimit.RECONCILE,
                    renewed -> Heartbeat.SILENCE);
        } catch (NotMet silent) {
            return false;
        }
    }

    /** Whether its last sign is too old, by the clock of this machine. */
    private boolean isSilent() {
        try {
            return Instant.parse(found.renewed()).plus(Heartbeat.SILENCE).isBefore(Instant.now());
        } catch (DateTimeParseException never) {
            return true;
        }
    }

    /** The time of its last sign, by its own clock. */
    @Override
    public String lastKnown() {
        return store.read().map(JournalStore.Entry::renewed).orElse("");
    }

    @Override
    public Subscription onChange(Runnable listener) {
        return () -> { };
    }

    @Override
    public String whereToLook() {
        return "kubectl get configmap " + store.name() + " -n " + store.namespace();
    }
}
