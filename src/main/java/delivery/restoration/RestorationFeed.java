package delivery.restoration;

import delivery.argocd.ArgoCdRefused;
import delivery.failure.EnvironmentNotFit;
import delivery.waiting.Feed;
import delivery.waiting.NotMet;
import delivery.waiting.Subscription;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A feed of the reason why a release is not put back yet. Each look tries to put it back. A change by somebody else
 * ends the attempts at once; any other failure leads to another attempt.
 */
final class RestorationFeed implements Feed<Optional<EnvironmentNotFit>> {

    private final Supplier<Optional<EnvironmentNotFit>> attempt;
    private final Consumer<String> say;
    private final String whereToLook;
    private Optional<EnvironmentNotFit> failure = Optional.empty();

    /**
     * @param attempt puts the release back, or returns the change by somebody else
     * @param say     receives the reason for another attempt
     */
    RestorationFeed(Supplier<Optional<EnvironmentNotFit>> attempt, Consumer<String> say, String whereToLook) {
        this.attempt = attempt;
        this.say = say;
        this.whereToLook = whereToLook;
    }

    /** @throws EnvironmentNotFit if somebody else changed the release */
    @Override
    public Optional<EnvironmentNotFit> lastKnown() {
        Optional<EnvironmentNotFit> theirs;
        try {
            theirs = attempt.get();
        } catch (EnvironmentNotFit failed) {
            return failed(failed);
        } catch (ArgoCdRefused | KubernetesClientException | NotMet failed) {
            String why = String.valueOf(failed.getMessage()).lines().filter(line -> !line.isBlank()).limit(2)
                    .reduce((one, other) -> one + "; " + other).orElse("");
            return failed(new EnvironmentNotFit(why, "See whether Argo CD and the cluster are well", failed));
        }
        if (theirs.isPresent()) {
            throw theirs.get();
        }
        failure = Optional.empty();
        return failure;
    }

    private Optional<EnvironmentNotFit> failed(EnvironmentNotFit why) {
        if (failure.filter(known -> known.what().equals(why.what())).isEmpty()) {
            say.accept("not put back yet; the run tries again: " + why.what());
        }
        failure = Optional.of(why);
        return failure;
    }

    /** Why the last attempt failed; empty if it did not. */
    Optional<EnvironmentNotFit> failure() {
        return failure;
    }

    @Override
    public Subscription onChange(Runnable listener) {
        return () -> { };
    }

    @Override
    public String whereToLook() {
        return whereToLook;
    }
}
