package delivery.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.environment.Platform;
import delivery.failure.EnvironmentNotFit;
import delivery.rollout.Rollout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A live release that is not what it seems to be when a run begins to change it, or has put it back. */
@Timeout(240)
class UnsettledReleaseTest extends HeldRelease {

    /** A worker of the same Application goes back slowly, or not at all: it still needs the image of the run. */
    @Test
    void anApplicationThatIsNotHealthyAgainIsNotPutBack() {
        LiveHold hold = release(take("abcde"), "2.0.0");
        promote();
        degradeAtTheEnd();
        server.hasWorker("registry.test/shop:acceptance-kxxlt-1.1.0");
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(hold::putBack).withMessageContaining("the"
                + " Application shop has its specification back, and Argo CD says")
                .withMessageContaining("Degraded");
        assertThat(server.journal()).as("the next run tries again").isPresent();
        assertThat(said).noneMatch(line -> line.contains("is as it was"));
    }

    private void degradeAtTheEnd() {
        server.before = call -> {
            if (server.spec().equals(before)) {
                server.status("/status/health/status", LiveServer.json("\"Degraded\""));
            }
        };
    }

    /** Another object of the Application may have become unhealthy by itself. */
    @Test
    void whatNeedsNoVersionOfTheRunIsReportedAndLeftAlone() {
        LiveHold hold = release(take("abcde"), "2.0.0");
        promote();
        degradeAtTheEnd();
        server.hasWorker("registry.test/shop:1.0.0");
        hold.putBack();
        assertThat(server.journal()).isEmpty();
        assertThat(said).anyMatch(line -> line.contains("has its specification back, and Argo CD says")
                && line.contains("Degraded")).anyMatch(line -> line.contains("is as it was"));
    }

    /** Another setting, or a deleted journal, hides what a killed run has left. */
    @Test
    void aVersionThatARunBuiltIsNotTakenForTheTeamsOwn() throws IOException {
        LiveHold killed = take("killd");
        ObjectNode held = killed.point().held(true);
        ((ObjectNode) held.at("/source/helm/parameters/0")).put("value", "acceptance-kxxlt-1.1.0");
        killed.application().replace(held, Map.of(), held.objectNode());
        killed.application().act(() -> platform.argoCd().writer().sync(killed.point().application()));
        new LiveRollout(platform.cluster().client(), "shop-live", "shop", waiting, Supplier::get, action -> { })
                .settle(now -> now.asksFor("acceptance-kxxlt-1.1.0"), Set.of("shop-1.0.0"));
        gone();
        try (Platform next = server.platform(Files.createDirectory(folder.resolve("other")),
                Map.of("JOURNAL", "argocd/mine"))) {
            LiveHold.putBackEarlier(next, waiting, "nextr", said::add);
            assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> LiveHold.read(next, waiting,
                    "acceptance-kxxlt-1.1.0", Rollout.parse(server.rollout()))).withMessageContaining("Users have"
                    + " acceptance-kxxlt-1.1.0, a version that a run built and that nobody put back, and argocd/mine"
                    + " is not its journal").withMessageContaining("Set JOURNAL to what that run had");
        }
    }

    /** Automated sync is on until the run's first change, and the team's pipeline does not wait. */
    @Test
    void aReleaseBeforeTheFirstChangeIsNotRolledBack() {
        LiveHold hold = take("abcde");
        server.committed("def456", "1.1.0");
        new LiveRollout(platform.cluster().client(), "shop-live", "shop", waiting, Supplier::get, action -> { })
                .settle(now -> now.asksFor("1.1.0"), Set.of("shop-1.0.0"));
        server.changes.clear();
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> release(hold, "2.0.0"))
                .withMessageContaining("The live release was changed before the run began to:")
                .withMessageContaining("Nothing of that is overwritten");
        assertThat(server.changes).noneMatch(change -> change.contains("/applications/")
                || change.contains("rollouts"));
    }

    /** A program that installed the Rollout once keeps its entry in managedFields for ever. */
    @Test
    void aProgramThatWroteTheWholeRolloutBeforeIsSomebodyElse() {
        server.wrote("helm", "", "2026-11-01T00:00:00Z", "template", "replicas");
        rollout = Rollout.parse(server.rollout());
        LiveHold hold = release(take("abcde"), "2.0.0");
        promote();
        server.rolloutEdited("helm", 9);
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(hold::putBack)
                .withMessageContaining("Somebody else changed the Rollout shop while a run had it: helm");
        assertThat(server.rollout().at("/spec/replicas").asInt()).isEqualTo(9);
    }
}
