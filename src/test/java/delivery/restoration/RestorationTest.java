package delivery.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.failure.EnvironmentNotFit;
import delivery.rollout.Rollout;
import delivery.waiting.Progress;
import delivery.waiting.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A live release that a run changes: journalled before the change, and put back however the run ends. */
@Timeout(240)
class RestorationTest extends HeldRelease {

    private static final String JOURNAL = "/api/v1/namespaces/argocd/configmaps";

    @Test
    void theJournalHoldsAllBeforeAnythingIsChanged() {
        LiveHold hold = take("abcde");

        assertThat(server.changes).containsExactly("POST " + JOURNAL);
        ObjectNode journal = server.journal().orElseThrow();
        JsonNode data = journal.path("data");
        assertThat(LiveServer.json(data.path("application.patch").asText()).at("/0/value")).isEqualTo(before);
        JsonNode point = LiveServer.json(data.path("before.json").asText());
        assertThat(List.of(point.path("tag").asText(), point.path("strategy").asText(), point.path("stable").asText(),
                point.path("parameters").path("image.tag").asText()))
                .containsExactly("1.0.0", "blue-green", "h1.0.0", "1.0.0");
        assertThat(point.path("rollout")).isEqualTo(rollout.object());
        assertThat(data.path("about").asText()).contains("kubectl patch applications.argoproj.io shop -n argocd");

        release(hold, "2.0.0");

        // The journal records each change before it is made.
        assertThat(server.changes.subList(1, 3)).containsExactly("PATCH " + JOURNAL + "/progressive-delivery-shop",
                APPLICATION);
    }

    @Test
    void whatItChangedIsPutBackAtTheEnd() {
        LiveHold hold = take("abcde");
        release(hold, "2.0.0");
        promote();
        assertThat(Rollout.parse(server.rollout()).stableHash()).isEqualTo("h2.0.0");

        hold.putBack();

        requireAsBefore();
        assertThat(said).last().asString().contains("is as it was: tag 1.0.0, blue-green");
    }

    /** With these fields, the earlier version would come back in a ReplicaSet of another name. */
    @Test
    void fieldsThatAnUndoHasLeftInTheTemplateAreTakenOutBeforeTheVersionOfBeforeIsSynced() {
        LiveHold hold = take("abcde");
        release(hold, "2.0.0");
        promote();
        server.undone();
        server.changes.clear();

        hold.putBack();

        requireAsBefore();
        assertThat(server.changes).containsSubsequence(
                "PATCH /apis/argoproj.io/v1alpha1/namespaces/shop-live/rollouts/shop",
                APPLICATION, "POST /api/v1/applications/shop/sync");
    }

    /** A blue-green strategy would leave the weights as they are, and users with them. */
    @Test
    void aCanaryIsEndedBeforeTheStrategyOfBeforeIsSynced() {
        LiveHold hold = take("abcde");
        release(hold, "2.0.0");
        server.onCanary();
        server.changes.clear();

        hold.putBack();

        requireAsBefore();
        assertThat(server.rollout().at("/status/abort").asBoolean()).isTrue();
        assertThat(server.changes).containsSubsequence(
                "PATCH /apis/argoproj.io/v1alpha1/namespaces/shop-live/rollouts/shop/status",
                APPLICATION, "POST /api/v1/applications/shop/sync");
    }

    /** Its tag says nothing of the version that users would get. */
    @Test
    void aCanaryBesideASidecarWithTheTagOfBeforeIsEndedToo() {
        server.hasSidecar("proxy", "registry.test/proxy:1.0.0");
        rollout = Rollout.parse(server.rollout());
        aCanaryIsEndedBeforeTheStrategyOfBeforeIsSynced();
    }

    @Test
    void theReleaseIsWhereItsRolloutIs() {
        server.withoutDestination();
        before = server.spec();
        LiveHold hold = take("abcde");
        assertThat(hold.point().destination()).isEqualTo("shop-live");
        release(hold, "2.0.0");

        hold.putBack();

        requireAsBefore();
    }

    @Test
    void aReplicaSetOfAnotherNameWithTheSameVersionIsReportedAndKeepsNothing() {
        LiveHold hold = take("abcde");
        release(hold, "2.0.0");
        promote();
        server.renamed("1.0.0", "h1.0.0-2");

        hold.putBack();

        assertThat(said).anyMatch(line -> line.contains("the ReplicaSet of 1.0.0 is h1.0.0-2 now; before the run it was"
                + " h1.0.0"));
        assertThat(server.journal()).isEmpty();
        assertThat(server.spec()).isEqualTo(before);
    }

    @Test
    void selfHealIsPausedMeanwhileAndGivenBack() {
        LiveHold hold = take("abcde");
        assertThat(hold.point().selfHeals()).isTrue();
        release(hold, "2.0.0");
        assertThat(server.spec().at("/syncPolicy")).isEqualTo(LiveServer.json(
                "{\"syncOptions\":[\"ApplyOutOfSyncOnly=true\"]}"));
        assertThat(server.spec().at("/source/targetRevision").asText()).isEqualTo("abc123");

        hold.putBack();

        assertThat(server.spec().at("/syncPolicy/automated/selfHeal").asBoolean()).isTrue();
        assertThat(server.spec().at("/source/targetRevision").asText()).isEqualTo("main");
    }

    @Test
    void whatAKilledRunLeftTheNextRunPutsBackFirst() {
        release(take("killd"), "2.0.0").heartbeat().close();
        promote();
        gone();

        LiveHold.putBackEarlier(platform, waiting, "nextr", said::add);

        requireAsBefore();
        assertThat(said).first().asString().contains("an earlier run (killd) has left the Application shop changed");
    }

    @Test
    void aRunThatWasKilledBeforeItsFirstChangeLeavesOnlyItsJournal() {
        take("killd").heartbeat().close();
        gone();
        server.changes.clear();

        LiveHold.putBackEarlier(platform, waiting, "nextr", said::add);

        requireAsBefore();
        assertThat(server.changes).containsExactly("PATCH " + JOURNAL + "/progressive-delivery-shop",
                "DELETE " + JOURNAL + "/progressive-delivery-shop");
    }

    @Test
    void aRunThatIsAliveIsRespected() {
        release(take("alive"), "2.0.0");
        server.changes.clear();

        assertThatThrownBy(() -> LiveHold.putBackEarlier(platform, waiting, "nextr", said::add))
                .isInstanceOf(EnvironmentNotFit.class).hasMessageContaining("is being proved in place by run alive"
                        + " (process " + ProcessHandle.current().pid() + " on ");
        assertThat(server.changes).isEmpty();
    }

    @Test
    void ofAnotherMachineARunThatSaysNothingAnyMoreIsOver() {
        release(take("other"), "2.0.0").heartbeat().close();
        annotate("delivery.acceptance/host", "another-machine");

        LiveHold.putBackEarlier(platform, waiting, "nextr", said::add);

        requireAsBefore();
    }

    @Test
    void ofAnotherMachineARunThatSaysSoIsThere() {
        release(take("other"), "2.0.0").heartbeat().close();
        annotate("delivery.acceptance/host", "another-machine");
        Waiting renewed = new Waiting(0.1, new Progress() {
            @Override
            public void began(String what) {
                annotate("delivery.acceptance/renewed", Instant.now().plusSeconds(5).toString());
            }

            @Override
            public void waitingFor(String what, Duration elapsed, String lastSeen) {
                said.add(lastSeen);
            }
        });
        server.changes.clear();

        assertThatThrownBy(() -> LiveHold.putBackEarlier(platform, renewed, "nextr", said::add))
                .isInstanceOf(EnvironmentNotFit.class).hasMessageContaining("on another-machine");
        assertThat(server.changes).isEmpty();
    }

    @Test
    void whatSomebodyElseChangedInTheApplicationIsNotOverwritten() {
        LiveHold hold = take("abcde");
        release(hold, "2.0.0");
        server.edited("kubectl-edit", "project", "theirs");
        JsonNode theirs = server.spec();
        server.changes.clear();

        assertThatThrownBy(() -> hold.application().set(Map.of("image.tag", "3.0.0")))
                .isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("Somebody else changed the Application shop")
                .hasMessageContaining("kubectl-edit (Update at 2026-11-26T12:00:00Z)")
                .hasMessageContaining("spec.project is \"theirs\" and was \"default\"")
                .hasMessageContaining("kubectl get configmap progressive-delivery-shop -n argocd");
        assertThatThrownBy(hold::putBack).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("Nothing of that is overwritten");

        assertThat(server.spec()).isEqualTo(theirs);
        assertThat(server.changes).noneMatch(change -> change.contains("/applications"));
        assertThat(server.journal()).isPresent();
    }

    @Test
    void norByTheRunAfterOneThatWasKilled() {
        release(take("killd"), "2.0.0").heartbeat().close();
        server.edited("argocd-server", "project", "theirs");
        gone();
        JsonNode theirs = server.spec();

        assertThatThrownBy(() -> LiveHold.putBackEarlier(platform, waiting, "nextr", said::add))
                .isInstanceOf(EnvironmentNotFit.class).hasMessageContaining("argocd-server (Update at ");
        assertThat(server.spec()).isEqualTo(theirs);
        assertThat(server.journal()).isPresent();
    }

    @Test
    void whatSomebodyElseChangedInTheRolloutIsNotOverwritten() {
        LiveHold hold = take("abcde");
        release(hold, "2.0.0");
        server.rolloutEdited("kubectl-patch", 7);
        server.changes.clear();

        assertThatThrownBy(hold::putBack).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("Somebody else changed the Rollout shop")
                .hasMessageContaining("kubectl-patch").hasMessageContaining("spec.replicas is 7 and was 2");
        assertThat(server.changes).noneMatch(change -> change.contains("/applications") || change.contains("rollouts"));
    }

    @Test
    void nothingIsChangedAnyMoreWhenTheRunHasEnded() {
        LiveHold hold = take("abcde");
        hold.putBack();
        server.changes.clear();

        assertThatThrownBy(() -> hold.application().set(Map.of("image.tag", "3.0.0")))
                .isInstanceOf(EnvironmentNotFit.class).hasMessageContaining("The run has ended");
        assertThat(server.changes).isEmpty();
    }

    @Test
    void whoLostItsJournalChangesNothing() {
        LiveHold hold = take("abcde");
        server.configMaps.clear();
        server.changes.clear();

        assertThatThrownBy(() -> release(hold, "2.0.0")).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("nobody: it was deleted");
        assertThat(server.changes).isEmpty();
    }
}
