package delivery.restoration;

import delivery.kubernetes.ProcessIdentity;
import delivery.waiting.Expectation;
import delivery.waiting.Feed;
import delivery.waiting.NotMet;
import delivery.waiting.Outcome;
import delivery.waiting.Subscription;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;

/**
 * The run that holds a journal: it says there, every few seconds, that it is still there.
 *
 * @param found as it was first read
 */
record JournalHolder(JournalStore store, JournalStore.Entry found) implements Feed<String> {

    /** Whether it still runs. A process of this machine is looked for; of another machine's, a sign is waited for. */
    boolean isAlive(Waiting waiting) {
        ProcessIdentity self = ProcessIdentity.self();
        if (ProcessIdentity.isOfThisMachine(found.annotations(), self)) {
            return !ProcessIdentity.isGone(found.annotations(), self);
        }
        try {
            waiting.until(this, Expectation.of("run " + found.run() + " says that it still has the Application",
                    renewed -> renewed.equals(found.renewed()) ? Outcome.<String>notYet("it said so last at " + renewed)
                            : Outcome.met(renewed)), WaitLimit.RECONCILE);
            return true;
        } catch (NotMet silent) {
            return false;
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
