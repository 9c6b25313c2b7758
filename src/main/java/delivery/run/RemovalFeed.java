package delivery.run;

import delivery.text.OwnershipLabels;
import delivery.waiting.Feed;
import delivery.waiting.Subscription;
import java.util.Set;
import java.util.function.Supplier;

/** Names of what a run made and has not given up yet: each look tries again to remove all, and names the rest. */
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
