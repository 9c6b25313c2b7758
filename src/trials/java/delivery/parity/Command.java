package delivery.parity;

import delivery.history.PerformedAction;
import delivery.kubernetes.RolloutActions;
import delivery.rollout.Release;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A command of the plugin, in a state in which its calls may differ, and the driver that replaces it.
 *
 * @param id       short name, fit for a namespace
 * @param state    the state in words
 * @param manifest name of the file that is deployed
 * @param way      brings the deployed Rollout into the state
 * @param words    the command, without {@code kubectl argo rollouts} and the namespace
 * @param driver   does the same as the command
 * @param acts     whether there is anything to do; if not, the plugin sends nothing
 */
record Command(String id, String state, String manifest, Consumer<Twin> way, String words,
        BiFunction<RolloutActions, Release, PerformedAction> driver, boolean acts) {

    private static final String CANARY = "canary";
    private static final String BLUE_GREEN = "blue-green";

    private static final Consumer<Twin> AT_A_STEP = twin -> {
        twin.release(2);
        twin.awaitRevision(2);
        twin.await("waits at a step", rollout -> rollout.paused("CanaryPauseStep"));
    };
    private static final Consumer<Twin> ON_PREVIEW = twin -> {
        twin.release(2);
        twin.awaitRevision(2);
        twin.await("waits on preview", rollout -> rollout.paused("BlueGreenPause"));
    };
    private static final Consumer<Twin> PAUSED_BY_A_PERSON = twin -> {
        twin.change("{\"spec\":{\"paused\":true}}");
        twin.await("is paused by a person", rollout -> rollout.userPause() && rollout.phase().equals("Paused"));
    };
    private static final Consumer<Twin> RELEASED_WHILE_PAUSED = twin -> {
        twin.change("{\"spec\":{\"paused\":true," + Twin.template(2) + "}}");
        twin.await("is paused by a person before the first step of what is new", rollout -> rollout.userPause()
                && rollout.pauses().isEmpty() && rollout.phase().equals("Paused") && rollout.step().orElse(0) == 0
                && !rollout.currentHash().equals(rollout.stableHash()));
    };
    private static final Consumer<Twin> WITHOUT_A_VERDICT = twin -> {
        twin.release(2);
        twin.awaitRevision(2);
        twin.await("waits as its analysis had no verdict", rollout -> rollout.inconclusive()
                && rollout.paused("InconclusiveAnalysisRun"));
    };
    private static final Consumer<Twin> ABORTED = twin -> {
        twin.changeStatus("{\"status\":{\"abort\":true}}");
        twin.await("is aborted", rollout -> rollout.abort() && rollout.phase().equals("Degraded"));
    };
    private static final Consumer<Twin> OF_THREE_REVISIONS = AT_A_STEP.andThen(twin -> {
        twin.release(3);
        twin.awaitRevision(3);
        twin.await("waits at a step", rollout -> rollout.paused("CanaryPauseStep"));
    });

    static Stream<Command> all() {
        return Stream.of(
                promote("promote", "a canary at a pause", CANARY, AT_A_STEP),
                promote("promote-bg", "blue-green, on preview", BLUE_GREEN, ON_PREVIEW),
                promote("promote-paused", "a canary at a pause, paused by a person too", CANARY,
                        AT_A_STEP.andThen(PAUSED_BY_A_PERSON)),
                promote("promote-held", "a canary released while a person has it paused", CANARY,
                        RELEASED_WHILE_PAUSED),
                promote("promote-held-bg", "blue-green released while a person has it paused", BLUE_GREEN,
                        RELEASED_WHILE_PAUSED),
                promote("promote-no-verdict", "a canary whose analysis had no verdict", "no-verdict",
                        WITHOUT_A_VERDICT),
                full("full", "a canary at a pause", CANARY, AT_A_STEP),
                full("full-bg", "blue-green, on preview", BLUE_GREEN, ON_PREVIEW),
                full("full-paused", "a canary at a pause, paused by a person too", CANARY,
                        AT_A_STEP.andThen(PAUSED_BY_A_PERSON)),
                full("full-nothing-new", "nothing new, paused by a person", CANARY, PAUSED_BY_A_PERSON),
                one("abort", "a canary at a pause", CANARY, AT_A_STEP, "abort parity",
                        (actions, release) -> actions.abort(release.rollout().orElseThrow())),
                one("abort-bg", "blue-green, on preview", BLUE_GREEN, ON_PREVIEW, "abort parity",
                        (actions, release) -> actions.abort(release.rollout().orElseThrow())),
                one("retry", "an aborted canary", CANARY, AT_A_STEP.andThen(ABORTED), "retry rollout parity",
                        (actions, release) -> actions.retry(release.rollout().orElseThrow())),
                one("undo", "a canary at a pause, revision 2", CANARY, AT_A_STEP, "undo parity", RolloutActions::undo),
                one("undo-bg", "blue-green, on preview, revision 2", BLUE_GREEN, ON_PREVIEW, "undo parity",
                        RolloutActions::undo),
                one("undo-three", "a canary at a pause, revision 3", CANARY, OF_THREE_REVISIONS, "undo parity",
                        RolloutActions::undo),
                one("undo-to", "a canary at a pause, revision 3", CANARY, OF_THREE_REVISIONS,
                        "undo parity --to-revision=1", (actions, release) -> actions.undo(release, 1)),
                full("full-in-vain", "nothing new", CANARY, twin -> { }).inVain(),
                one("undo-in-vain", "a canary at a pause, revision 2", CANARY, AT_A_STEP, "undo parity --to-revision=2",
                        (actions, release) -> actions.undo(release, 2)).inVain());
    }

    private Command inVain() {
        return new Command(id, state, manifest, way, words, driver, false);
    }

    private static Command promote(String id, String state, String manifest, Consumer<Twin> way) {
        return one(id, state, manifest, way, "promote parity",
                (actions, release) -> actions.promote(release.rollout().orElseThrow()));
    }

    private static Command full(String id, String state, String manifest, Consumer<Twin> way) {
        return one(id, state, manifest, way, "promote parity --full",
                (actions, release) -> actions.promoteFully(release.rollout().orElseThrow()));
    }

    private static Command one(String id, String state, String manifest, Consumer<Twin> way, String words,
            BiFunction<RolloutActions, Release, PerformedAction> driver) {
        return new Command(id, state, manifest, way, words, driver, true);
    }

    /** Returns the command line that a person types. */
    String line(String namespace) {
        return "kubectl argo rollouts " + words + " -n " + namespace;
    }

    @Override
    public String toString() {
        return words + ": " + state;
    }
}
