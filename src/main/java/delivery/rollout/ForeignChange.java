package delivery.rollout;

import delivery.failure.EnvironmentNotFit;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Detects changes that someone else makes to a release while a run proves something on it: nothing can be concluded
 * about a delivery whose release another person has promoted, undone or paused. It is given every state of the Rollout
 * and every action of the run. Safe for use by many threads.
 *
 * <p>The managed fields name each writer, except for a promotion: it removes a field, and no writer is kept for that. A
 * promotion is recognized by the end of a pause. The controller itself ends a pause only as the specification says, and
 * then also removes its own mark of the pause (argo-rollouts, rollout/pause.go, CalculatePauseConditions).
 */
public final class ForeignChange {

    /** A promoted pause, identified by the pod template hash and the step. */
    private record Wait(String hash, OptionalInt step) {
    }

    /** The only subresource to which autoscalers write. */
    private static final String SCALE = "scale";
    private static final String REPLICAS = "replicas";

    private final Set<String> expected = new HashSet<>();
    private final Supplier<Instant> now;
    private final Set<Wait> promoted = new HashSet<>();
    private Optional<Rollout> last = Optional.empty();
    private boolean begun;
    private Optional<EnvironmentNotFit> found = Optional.empty();

    /**
     * @param own name under which the run itself writes
     * @param now the local time, for changes that the API server keeps no time of
     */
    public ForeignChange(String own, Supplier<Instant> now) {
        this.now = now;
        expected.addAll(List.of(own, "rollouts-controller", "argo-rollouts-controller", "argo-rollouts"));
    }

    /**
     * Starts to report changes. Everyone who has written so far belongs to the delivery (the controller, Argo CD, a
     * part of the platform that completes a Rollout), but not people, who write through kubectl or Argo CD's server.
     */
    public synchronized void begin() {
        begun = true;
        last.ifPresent(rollout -> rollout.writers().stream().map(FieldWriter::manager)
                .filter(manager -> !manager.startsWith("kubectl") && !manager.equals("argocd-server"))
                .forEach(expected::add));
    }

    /** Records that the run is about to end the current pause of this Rollout, or to undo its release. */
    public synchronized void acts(Rollout rollout) {
        promoted.add(new Wait(rollout.currentHash(), rollout.step()));
    }

    /** Records that the run is about to promote a release to its end, which also ends all later pauses. */
    public synchronized void promotesAll(Rollout rollout) {
        acts(rollout);
        promoted.add(new Wait(rollout.currentHash(), OptionalInt.of(Integer.MAX_VALUE)));
    }

    /** Takes a state of the Rollout; a state older than the last one is ignored. */
    public synchronized void see(Rollout rollout) {
        if (last.filter(known -> !rollout.version().isLaterThan(known.version())
                && rollout.uid().equals(known.uid())).isPresent()) {
            return;
        }
        Optional<Rollout> before = last;
        last = Optional.of(rollout);
        if (begun && found.isEmpty()) {
            found = before.filter(known -> known.uid().equals(rollout.uid()))
                    .flatMap(known -> written(known, rollout).or(() -> promoted(known, rollout)));
        }
    }

    /** The first change that someone else made; empty if there was none. */
    public synchronized Optional<EnvironmentNotFit> found() {
        return found;
    }

    /** @throws EnvironmentNotFit if someone else changed the release; the message says who, when and what */
    public void require() {
        found().ifPresent(unfit -> {
            // A new exception, because the stack trace of the thread that saw the change leads nowhere.
            throw new EnvironmentNotFit(unfit.what(), unfit.whatToDo(), unfit);
        });
    }

    private Optional<EnvironmentNotFit> written(Rollout before, Rollout now) {
        return now.writers().stream().filter(writer -> isForeign(writer)
                        && before.writers().stream().noneMatch(writer::isLeftOf))
                .findFirst().map(writer -> somebody(writer.named() + " changed the release (" + writer.fields() + ")"
                        + difference(before, now)));
    }

    private boolean isForeign(FieldWriter writer) {
        boolean deploys = writer.manager().startsWith("argocd") && !writer.manager().equals("argocd-server");
        boolean scales = writer.subresource().equals(SCALE) && writer.spec().equals(Set.of(REPLICAS))
                && !writer.manager().startsWith("kubectl");
        return writer.changesRelease() && !expected.contains(writer.manager()) && !deploys && !scales;
    }

    private static String difference(Rollout before, Rollout now) {
        if (!before.images().equals(now.images())) {
            return ": image " + String.join(" ", before.images()) + " became " + String.join(" ", now.images());
        }
        if (before.userPause() != now.userPause()) {
            return now.userPause() ? ": it was paused" : ": its pause was ended";
        }
        return now.abort() && !before.abort() ? ": it was aborted"
                : now.promoteFull() && !before.promoteFull() ? ": it was promoted to the end" : "";
    }

    private Optional<EnvironmentNotFit> promoted(Rollout before, Rollout now) {
        boolean same = before.generation() == now.generation() && before.currentHash().equals(now.currentHash());
        boolean waits = !now.pauses().isEmpty() && now.step().equals(before.step());
        if (!same || before.pauses().isEmpty() || !before.controllerPause() || waits || now.abort() || isOurs(before)) {
            return Optional.empty();
        }
        // If the mark of the pause is still there, someone other than the controller ended the pause.
        boolean byItself = !now.unpausing() && (before.timing().promotion().isPresent() || before.atTimedPause());
        return byItself ? Optional.empty() : Optional.of(somebody("the release stopped waiting ("
                + String.join(", ", before.pauses())
                + before.step().stream().mapToObj(step -> " at step " + step).collect(Collectors.joining()) + ") at "
                + this.now.get().truncatedTo(ChronoUnit.MILLIS) + ", and this run had not promoted it; nothing in the"
                + " Rollout does. Who promotes leaves no name"));
    }

    private boolean isOurs(Rollout rollout) {
        return promoted.contains(new Wait(rollout.currentHash(), rollout.step()))
                || promoted.contains(new Wait(rollout.currentHash(), OptionalInt.of(Integer.MAX_VALUE)));
    }

    private EnvironmentNotFit somebody(String what) {
        return new EnvironmentNotFit("Somebody else acted on the release: " + what,
                "Make sure that nobody else acts on the run's own Rollouts, and start it again");
    }
}
