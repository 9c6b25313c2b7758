package delivery.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.failure.EnvironmentNotFit;
import delivery.rollout.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A hold on a live release while something fails: the release is put back, or another person's change is left alone.
 */
@Timeout(240)
class LiveHoldTest extends HeldRelease {

    private static final String SYNC = "POST /api/v1/applications/shop/sync";
    private static final String JOURNAL = "/api/v1/namespaces/argocd/configmaps/progressive-delivery-shop";

    @Test
    void aChangeWhoseAnswerWasLostWhileArgoCdWasAwayIsTheRunsOwnAndPutBack() {
        LiveHold hold = release(take("abcde"), "2.0.0");
        server.losing = call -> call.equals(APPLICATION);
        server.before = call -> {
            if (call.equals(APPLICATION)) {
                server.down = later -> later.contains("/applications");
            }
        };

        assertThatThrownBy(() -> hold.application().set(Map.of("image.tag", "3.0.0")))
                .isInstanceOf(EnvironmentNotFit.class).hasMessageNotContaining("Somebody else");
        server.before = call -> { };
        server.losing = call -> false;
        server.down = call -> false;
        assertThat(server.spec().toString()).contains("3.0.0");

        hold.putBack();

        requireAsBefore();
    }

    @Test
    void whileArgoCdIsAwayPuttingBackIsTriedAgain() {
        LiveHold hold = promoted(take("abcde"));
        comesBack(call -> call.contains("/applications"), 4);

        hold.putBack();

        requireAsBefore();
        assertThat(said).anyMatch(line -> line.contains("the run tries again"));
    }

    @Test
    void whileTheApiServerIsAwayPuttingBackIsTriedAgain() {
        LiveHold hold = promoted(take("abcde"));
        comesBack(call -> call.contains("/configmaps") || call.contains("/rollouts"), 4);

        hold.putBack();

        requireAsBefore();
    }

    @Test
    void aLostAnswerOfAnyWriteWhilePuttingBackIsMadeGood() {
        for (String write : List.of(APPLICATION, SYNC, "PATCH " + JOURNAL, "DELETE " + JOURNAL,
                "PATCH /apis/argoproj.io/v1alpha1/namespaces/shop-live/rollouts/shop/status")) {
            LiveHold hold = promoted(take("abcde"));
            AtomicInteger lost = new AtomicInteger();
            server.losing = call -> call.equals(write) && lost.getAndIncrement() == 0;

            hold.putBack();

            assertThat(lost.get()).as(write).isPositive();
            requireAsBefore();
            server.losing = call -> false;
        }
    }

    @Test
    void whatCannotBePutBackIsGivenUpInTheEndAndTheJournalStays() {
        LiveHold hold = promoted(take("abcde"));
        server.down = call -> call.equals(SYNC);

        assertThatThrownBy(hold::putBack).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("kubectl patch applications.argoproj.io shop");

        assertThat(server.journal()).isPresent();
        server.down = call -> false;
        gone();
        LiveHold.putBackEarlier(platform, waiting, "nextr", said::add);
        requireAsBefore();
    }

    @Test
    void aRunWhoseJournalWasDeletedStillPutsBackWhatItChanged() {
        LiveHold hold = promoted(take("abcde"));
        server.configMaps.clear();

        hold.putBack();

        requireAsBefore();
    }

    @Test
    void aRunWhoseJournalWasDamagedStillPutsBackWhatItChanged() {
        LiveHold hold = promoted(take("abcde"));
        ((ObjectNode) server.journal().orElseThrow().path("data")).put("before.json", "{}");

        hold.putBack();

        requireAsBefore();
    }

    @Test
    void aRunWhoseJournalIsAnotherRunsByNowChangesNothing() {
        LiveHold hold = promoted(take("abcde"));
        ((ObjectNode) server.journal().orElseThrow().at("/metadata/labels")).put("delivery.acceptance/run", "other");
        server.changes.clear();

        assertThatThrownBy(hold::putBack).isInstanceOf(EnvironmentNotFit.class).hasMessageContaining("other");

        assertThat(server.changes).isEmpty();
        assertThat(server.journal()).isPresent();
    }

    /** The Application's revision applies again as soon as its specification is put back. */
    @Test
    void aCommitThatIsDeployedWhenItIsPutBackStays() {
        LiveHold hold = promoted(take("abcde"));
        server.before = call -> {
            if (call.equals(APPLICATION)) {
                server.before = later -> {
                    if (server.spec().equals(before)) {
                        server.before = none -> { };
                        server.committed("fff999", "9.0.0");
                    }
                };
            }
        };

        hold.putBack();

        requireTheirs();
        assertThat(said).anyMatch(line -> line.contains("fff999"));
    }

    @Test
    void aCommitThatWasDeployedSinceARunWasKilledStays() {
        LiveHold hold = take("killd");
        hold.heartbeat().close();
        gone();
        server.committed("fff999", "9.0.0");

        LiveHold.putBackEarlier(platform, waiting, "nextr", said::add);

        requireTheirs();
    }

    /** Somebody put the Application back by hand; commits elsewhere in the repository do not affect the release. */
    @Test
    void aCommitThatChangesNothingOfTheReleaseLeavesNoUserOnAVersionOfTheRun() {
        promoted(take("killd")).heartbeat().close();
        gone();
        server.status("/spec", before);
        server.status("/status/sync/comparedTo/source", before.path("source"));
        server.committed("fff999", "1.0.0");
        assertThat(Rollout.parse(server.rollout()).stableHash()).isEqualTo("h2.0.0");

        LiveHold.putBackEarlier(platform, waiting, "nextr", said::add);

        assertThat(Rollout.parse(server.rollout()).stableHash()).isEqualTo("h1.0.0");
        assertThat(server.spec()).isEqualTo(before);
        assertThat(server.changes.subList(server.changes.lastIndexOf("PATCH " + JOURNAL) + 1, server.changes.size()))
                .noneMatch(change -> change.equals(APPLICATION) || change.equals(SYNC));
        assertThat(server.journal()).isEmpty();
    }

    private void requireTheirs() {
        assertThat(server.spec()).isEqualTo(before);
        assertThat(Rollout.parse(server.rollout()).asksFor("9.0.0")).isTrue();
        assertThat(server.replicaSets()).contains("1.0.0", "9.0.0");
        assertThat(server.journal()).isEmpty();
    }

    @Test
    void thePodsThatAnAutoscalerAskedForMeanwhileStay() {
        LiveHold hold = promoted(take("abcde"));
        server.rolloutField("minReadySeconds", 5);
        server.scaled(7);

        hold.putBack();

        assertThat(server.rollout().at("/spec/replicas").asInt()).isEqualTo(7);
        assertThat(server.rollout().at("/spec").has("minReadySeconds")).isFalse();
        assertThat(server.journal()).isEmpty();
    }

    /**
     * Argo CD takes over the fields that it writes; the entry of their earlier writer keeps its time, and loses the
     * field.
     */
    @Test
    void whoWroteFieldsBeforeTheRunHasNotChangedThemWhenArgoCdTakesThemOver() {
        server.wrote("kubectl-client-side-apply", "", "2026-11-01T00:00:00Z", "replicas", "strategy", "template");
        LiveHold hold = promoted(take("abcde"));
        server.wrote("kubectl-client-side-apply", "", "2026-11-01T00:00:00Z", "replicas", "template");

        hold.putBack();

        assertThat(server.journal()).isEmpty();
        assertThat(server.spec()).isEqualTo(before);
    }

    /** This can happen between two scenarios, when nobody watches the Rollout. */
    @Test
    void whatSomebodyElseChangedInTheRolloutIsNotOverwrittenByTheNextAct() {
        LiveHold hold = promoted(take("abcde"));
        server.rolloutEdited("kubectl-edit", 7);
        server.changes.clear();

        assertThatThrownBy(() -> hold.application().set(Map.of("image.tag", "3.0.0")))
                .isInstanceOf(EnvironmentNotFit.class).hasMessageContaining("Somebody else changed the Rollout shop")
                .hasMessageContaining("spec.replicas is 7 and was 2");
        assertThatThrownBy(() -> hold.application().act(() -> "promoted")).isInstanceOf(EnvironmentNotFit.class);

        assertThat(server.changes).isEmpty();
    }

    /** A controller that restarts pods when their configuration changes, and did so before the run. */
    @Test
    void aControllerThatWroteTheRolloutBeforeMayWriteItAgain() {
        server.wrote("reloader", "", "2026-11-01T00:00:00Z", "template");
        LiveHold hold = promoted(take("abcde"));
        server.wrote("reloader", "", "2026-11-26T12:00:00Z", "template");

        hold.putBack();

        requireAsBefore();
    }

    @Test
    void ofTwoRunsThatFindWhatAKilledOneLeftOnePutsItBack() {
        promoted(take("killd")).heartbeat().close();
        gone();
        AtomicInteger patches = new AtomicInteger();
        server.before = call -> {
            if (call.equals("PATCH " + JOURNAL) && patches.getAndIncrement() == 0) {
                ((ObjectNode) server.journal().orElseThrow().path("metadata")).put("resourceVersion", "1");
            }
        };
        server.changes.clear();

        assertThatThrownBy(() -> LiveHold.putBackEarlier(platform, waiting, "nextr", said::add))
                .isInstanceOf(EnvironmentNotFit.class).hasMessageContaining("Another run");

        assertThat(server.changes).noneMatch(change -> change.contains("/applications") || change.contains("rollouts"));
    }

    /** Two containers of one machine share its host name, but do not see each other's processes. */
    @Test
    void ofThisMachineARunWhoseProcessCannotBeSeenAndThatSaysSoIsThere() {
        release(take("other"), "2.0.0").heartbeat().close();
        annotate("delivery.acceptance/pid", String.valueOf(Integer.MAX_VALUE));
        server.before = call -> {
            if (call.equals("GET " + JOURNAL)) {
                annotate("delivery.acceptance/renewed", Instant.now().toString());
            }
        };
        server.changes.clear();

        assertThatThrownBy(() -> LiveHold.putBackEarlier(platform, waiting, "nextr", said::add))
                .isInstanceOf(EnvironmentNotFit.class).hasMessageContaining("is being proved in place by run other");
        assertThat(server.changes).isEmpty();
    }

    /** The heartbeat comes every 5 s; PATIENCE does not shorten the wait for it. */
    @Test
    void ofAnotherMachineARunIsThereHoweverLittlePatienceThereIs() {
        release(take("other"), "2.0.0").heartbeat().close();
        annotate("delivery.acceptance/host", "another-machine");
        Instant sign = Instant.now().plusSeconds(5);
        server.before = call -> {
            if (call.equals("GET " + JOURNAL) && Instant.now().isAfter(sign)) {
                annotate("delivery.acceptance/renewed", Instant.now().toString());
            }
        };
        server.changes.clear();

        assertThatThrownBy(() -> LiveHold.putBackEarlier(platform, waiting, "nextr", said::add))
                .isInstanceOf(EnvironmentNotFit.class).hasMessageContaining("on another-machine");
        assertThat(server.changes).isEmpty();
    }

    @Test
    void whatIsNotAtRestIsNotTaken() {
        server.status("/status/operationState/phase", LiveServer.json("\"Running\""));
        requireRefused("not at rest");
        server.status("/status/operationState/phase", LiveServer.json("\"Succeeded\""));
        server.status("/status/sync/status", LiveServer.json("\"OutOfSync\""));
        requireRefused("not at rest");
        server.status("/status/sync/status", LiveServer.json("\"Synced\""));
        server.committed("abc123", "1.5.0");
        requireRefused("not at rest");
    }

    @Test
    void anApplicationOfWhichASyncWouldDeleteSomethingIsNotTaken() {
        server.status("/spec/syncPolicy/automated/prune", LiveServer.json("false"));
        server.status("/status/resources", LiveServer.json("[{\"kind\":\"PersistentVolumeClaim\",\"name\":\"data\","
                + "\"status\":\"OutOfSync\",\"requiresPruning\":true}]"));
        requireRefused("PersistentVolumeClaim data");
        server.status("/spec/syncPolicy/automated/prune", LiveServer.json("true"));
        take("abcde").heartbeat().close();
    }

    @Test
    void whoMayNotSyncDoesNotTakeIt() {
        server.denied = "sync";
        requireRefused("applications, sync");
    }

    /** The answer at the terminal may come much later. */
    @Test
    void whatWasChangedWhileItWasAskedIsNotTaken() {
        RestorePoint shown = live();
        live().requireSame(shown);
        server.committed("fff999", "9.0.0");
        server.status("/status/sync/comparedTo/source", server.spec().path("source"));
        new LiveRollout(platform.cluster().client(), "shop-live", "shop", waiting, Supplier::get, action -> { })
                .settle(now -> now.asksFor("9.0.0"), Set.of("shop-1.0.0"));
        RestorePoint later = live();
        assertThatThrownBy(() -> later.requireSame(shown)).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("was changed while it was asked").hasMessageContaining("9.0.0");
    }

    private void requireRefused(String words) {
        assertThatThrownBy(() -> live())
                .isInstanceOf(EnvironmentNotFit.class).hasMessageContaining(words);
        assertThat(server.changes).isEmpty();
    }

    @Test
    void whatSomebodyElseChangedIsNamedWithoutValuesThatMayBeSecret() {
        JsonNode was = LiveServer.json("{\"project\":\"a\",\"source\":{\"repoURL\":\"https://u:s3cret@git.test/x\","
                + "\"helm\":{\"values\":\"dsn: s3cret\",\"parameters\":[{\"name\":\"dsn\",\"value\":\"s3cret\"}],"
                + "\"valuesObject\":{\"dsn\":\"s3cret\"}}},"
                + "\"template\":{\"spec\":{\"containers\":[{\"image\":\"shop:1\","
                + "\"env\":[{\"name\":\"DSN\",\"value\":\"s3cret\"}]}]}}}");
        JsonNode now = LiveServer.json(was.toString().replace("s3cret", "an0ther").replace("shop:1", "shop:2")
                .replace("\"a\"", "\"b\""));
        StringBuilder words = new StringBuilder();
        for (String part : List.of("project", "source", "template")) {
            words.append(SpecDifference.words(LiveServer.JSON.createObjectNode().set(part, was.path(part)),
                    LiveServer.JSON.createObjectNode().set(part, now.path(part)))).append('\n');
        }
        assertThat(words.toString()).doesNotContain("s3cret").doesNotContain("an0ther")
                .contains("spec.project is \"b\" and was \"a\"", "spec.source.helm.parameters[0].value",
                        "spec.template.spec.containers[0].image is \"shop:2\" and was \"shop:1\"");
    }

    private LiveHold promoted(LiveHold hold) {
        release(hold, "2.0.0");
        promote();
        return hold;
    }

    /** Makes these calls fail for some seconds. */
    private void comesBack(Predicate<String> calls, int seconds) {
        Instant back = Instant.now().plus(Duration.ofSeconds(seconds));
        server.down = call -> calls.test(call) && Instant.now().isBefore(back);
    }
}
