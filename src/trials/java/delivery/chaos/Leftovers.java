package delivery.chaos;

import delivery.environment.Platform;
import delivery.failure.EnvironmentNotFit;
import delivery.text.OwnershipLabels;
import delivery.waiting.Expectation;
import delivery.waiting.Feed;
import delivery.waiting.NotMet;
import delivery.waiting.Outcome;
import delivery.waiting.Subscription;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;

/** The objects that runs have made and not removed. Deleting a namespace takes a while. */
final class Leftovers implements Feed<List<String>> {

    private final Platform platform;

    Leftovers(Platform platform) {
        this.platform = platform;
    }

    /** Returns the objects that still exist after there has been enough time to delete them. */
    List<String> afterAWhile() {
        try {
            return new Waiting(1, (what, elapsed, seen) -> { }).until(this, Expectation.of("nothing of ours is left",
                    left -> left.isEmpty() ? Outcome.met(left) : Outcome.<List<String>>notYet(String.join(", ", left))),
                    WaitLimit.DELETION);
        } catch (NotMet stillThere) {
            return lastKnown();
        }
    }

    @Override
    public List<String> lastKnown() {
        List<String> left = new ArrayList<>();
        try {
            platform.argoCd().labelled(OwnershipLabels.MANAGED_BY, OwnershipLabels.OWNER).keySet()
                    .forEach(name -> left.add("Application " + name));
            platform.cluster().client().namespaces().withLabel(OwnershipLabels.MANAGED_BY, OwnershipLabels.OWNER).list()
                    .getItems()
                    .forEach(namespace -> left.add("namespace " + namespace.getMetadata().getName()));
        } catch (EnvironmentNotFit | KubernetesClientException unknown) {
            left.add("unknown: " + unknown.getMessage());
        }
        return left;
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
