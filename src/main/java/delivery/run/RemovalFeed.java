package delivery.run;

import delivery.text.OwnershipLabels;
import delivery.waiting.Feed;
import delivery.waiting.Subscription;
import java.util.Set;
import java.util.function.Supplier;

/** Names of what a run made and has not given up yet: each look tries again to remove it. */
final class RemovalFeed implements Feed<Set<String>> {

    private final Supplier<Set<String>> remove;

    /** @param remove tries to remove all that is left, and names what is left even so */
    RemovalFeed(Supplier<Set<String>> remove) {
        this.remove = remove;
    }

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
