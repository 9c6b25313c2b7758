package delivery.run;

import delivery.text.OwnershipLabels;
import delivery.waiting.Feed;
import delivery.waiting.Subscription;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The names of objects that a run created and has not removed yet. Each look tries again to remove all of them, and
 * returns the rest.
 */
record RemovalFeed(Supplier<Set<String>> remove) implements Feed<Set<String>> {

    @Override
    public Set<String> lastKnown() {
        return remove.get();
    }

    @Override
    public Subscription onChange(Runnable listener) {
        return () -> { };
    }

    @Override
    public String whereToLook() {
        return "kubectl get namespaces -l " + OwnershipLabels.SELECTOR;
    }
}
