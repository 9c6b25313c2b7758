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
 * The run that holds a journal: it says there, every few seconds, that it is still there.
 *
 * @param found as it was first read
 */
record JournalHolder(JournalStore store, JournalStore.Entry found) implements Feed<String> {

    /**
     * Whether it still runs. A process of this machine is looked for. Of one that is not found a sign is waited for: it
     * may be another machine's, or another container's of this one, which has the same name.
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
                            : Outcome.<Boolean>notYet("it said so last at " + renewed)), WaitLimit.RECONCILE);
        } catch (NotMet silent) {
            return false;
        }
    }

    /** Whether it has not said so for a while, by the clock of this machine. */
    private boolean isSilent() {
        try {
            return Instant.parse(found.renewed()).plus(Heartbeat.SILENCE).isBefore(Instant.now());
        } catch (DateTimeParseException never) {
            return true;
        }
    }

    /** When it said so last, by its own clock. */
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
