package delivery.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.chart.Values;
import delivery.clone.LiveRelease;
import delivery.environment.Blueprint;
import delivery.environment.Platform;
import delivery.evidence.Evidence;
import delivery.evidence.Redaction;
import delivery.failure.EnvironmentNotFit;
import delivery.failure.UnsafeChange;
import delivery.history.HistoryEntry;
import delivery.history.PerformedAction;
import delivery.history.SessionHistory;
import delivery.registry.ImageName;
import delivery.restoration.LiveHold;
import delivery.restoration.LiveServer;
import delivery.rollout.ReleaseExpectations;
import delivery.rollout.Rollout;
import delivery.rollout.Strategy;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A scenario's release in place: the requests that change the live Application; nothing is created or removed. */
@Timeout(240)
class LiveDeploymentTest {

    private static final Version OLD = new Version("1.0.0", "1.0.0");

    private final Waiting waiting = new Waiting(0.2, (what, elapsed, seen) -> { });
    private final SessionHistory history = new SessionHistory(Clock.systemUTC(), new Redaction(List.of()));
    private final List<String> said = new ArrayList<>();
    private LiveServer server;
    private Platform platform;
    private LiveHold hold;

    @TempDir
    Path folder;

    @BeforeEach
    void take() throws IOException {
        server = new LiveServer();
        server.holdsSecrets();
        platform = server.platform(folder, Map.of());
        takeIt();
    }

    private void takeIt() {
        hold = LiveHold.take(platform, waiting, LiveHold.read(platform, waiting, "1.0.0",
                Rollout.parse(server.rollout())), "abcde", said::add);
        server.changes.clear();
    }

    /** Takes the release as the test has made it. */
    private void takeAgain() {
        hold.heartbeat().close();
        platform.cluster().client().configMaps().inNamespace("argocd").withName("progressive-delivery-shop").delete();
        takeIt();
    }

    @AfterEach
    void stop() throws IOException {
        hold.heartbeat().close();
        platform.close();
        server.close();
    }

    @Test
    void theApplicationItselfIsChangedAndNothingIsMadeOrRemoved() {
        try (ReleaseUnderTest subject = release()) {
            subject.deploy(Strategy.BLUE_GREEN, OLD, Overrides.NONE);
            subject.release(new Version("2.0.0", "2.0.0"));
            subject.remove();
        }
        JsonNode source = server.spec().path("source");
        assertThat(source.at("/helm/parameters").toString()).contains("{\"name\":\"image.tag\",\"value\":\"2.0.0\"",
                "{\"name\":\"rollouts.strategy\",\"value\":\"blueGreen\"").doesNotContain("host");
        assertThat(server.spec().at("/destination/namespace").asText()).isEqualTo("shop-live");
        assertThat(server.changes).noneMatch(change -> change.startsWith("DELETE")
                || change.equals("POST /api/v1/namespaces") || change.equals("POST /api/v1/applications"));
        assertThat(history.entries()).extracting(HistoryEntry::command).contains("argocd app set shop --sync-policy"
                + " none -p rollouts.strategy=blueGreen -p image.tag=1.0.0", "argocd app sync shop --prune",
                "argocd app set shop -p image.tag=2.0.0");
    }

    @Test
    void whereTheScenarioBeforeLeftItTheNextBeginsFromTheBeginning() {
        try (ReleaseUnderTest before = release()) {
            before.deploy(Strategy.BLUE_GREEN, OLD, Overrides.NONE);
            before.release(new Version("2.0.0", "2.0.0"));
            before.remove();
        }
        assertThat(server.replicaSets()).containsExactly("1.0.0", "2.0.0");
        try (ReleaseUnderTest next = release()) {
            next.deploy(Strategy.BLUE_GREEN, OLD, Overrides.NONE);
            assertThat(next.release().summary()).contains("Healthy");
        }
        assertThat(server.replicaSets()).containsExactly("1.0.0");
    }

    /** A Service that all pods of the release match leads users to every version that has some. */
    @Test
    void theStrategyIsSwitchedWhenNoEarlierVersionHasPods() throws Exception {
        try (ReleaseUnderTest subject = release()) {
            subject.deploy(Strategy.BLUE_GREEN, OLD, Overrides.NONE);
            server.keepsPods("0.9.0", true);
            subject.await(ReleaseExpectations.that("an earlier version has pods",
                    release -> release.owned().anyMatch(set -> set.desired() > 0 && set.hash().equals("h0.9.0"))),
                    WaitLimit.RECONCILE);
            server.changes.clear();
            CompletableFuture<Void> switching = CompletableFuture.runAsync(() ->
                    subject.changeStrategy(Strategy.CANARY));
            assertThatThrownBy(() -> switching.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(server.changes).doesNotContain("PATCH /api/v1/applications/shop");

            server.keepsPods("0.9.0", false);
            switching.get(20, TimeUnit.SECONDS);
            assertThat(server.changes).contains("PATCH /api/v1/applications/shop");
        }
    }

    /** A canary of another version is promoted to all users if its own container is not the one that is compared. */
    @Test
    void aSidecarWithTheWantedTagMakesNoCanaryWanted() {
        server.hasSidecar("proxy", "registry.test/proxy:1.0.0");
        takeAgain();
        try (ReleaseUnderTest before = release()) {
            before.deploy(Strategy.BLUE_GREEN, OLD, Overrides.NONE);
            before.release(new Version("2.0.0", "2.0.0"));
        }
        server.onCanary();
        try (ReleaseUnderTest next = release()) {
            // Unlike the controller, this server does not forget that the canary was aborted.
            assertThatThrownBy(() -> next.deploy(Strategy.BLUE_GREEN, OLD, Overrides.NONE))
                    .hasMessageContaining("the release was aborted");
        }
    }

    /** A chart for each strategy may name its objects differently; the sync would prune the live ones. */
    @Test
    void whatWouldDeleteTheLiveRolloutIsNotSynced() {
        server.renders("shop-bluegreen");
        try (ReleaseUnderTest subject = release()) {
            assertThatThrownBy(() -> subject.deploy(Strategy.BLUE_GREEN, OLD, Overrides.NONE))
                    .isInstanceOf(UnsafeChange.class).hasMessageContaining("the sync would delete the live one");
        }
        assertThat(server.changes).noneMatch(change -> change.endsWith("/sync"));
    }

    /** One value is the tag of two images, of which the run builds one: the live pods of the other could not start. */
    @Test
    void whatWouldTakeTheImageFromAnotherWorkloadIsNotSynced() {
        server.rendersWithTheSameTag("registry.test/worker");
        try (ReleaseUnderTest subject = release()) {
            subject.deploy(Strategy.BLUE_GREEN, OLD, Overrides.NONE);
            server.changes.clear();
            assertThatThrownBy(() -> subject.release(new Version("acceptance-abcde-2", "2.0.0")))
                    .isInstanceOf(UnsafeChange.class).hasMessageContaining("Deployment worker would get the image"
                            + " registry.test/worker:acceptance-abcde-2, which nobody builds");
        }
        assertThat(server.changes).isNotEmpty().noneMatch(change -> change.endsWith("/sync"));
    }

    @Test
    void anActIsRefusedWhereSomebodyElseChangedTheApplication() {
        try (ReleaseUnderTest subject = release()) {
            subject.deploy(Strategy.BLUE_GREEN, OLD, Overrides.NONE);
            server.edited("kubectl-edit", "project", "theirs");
            server.changes.clear();
            assertThatThrownBy(() -> subject.release(new Version("2.0.0", "2.0.0")))
                    .isInstanceOf(EnvironmentNotFit.class).hasMessageContaining("kubectl-edit");
            assertThatThrownBy(() -> hold.application().act(() -> "promoted")).isInstanceOf(EnvironmentNotFit.class);
        }
        assertThat(server.changes).isEmpty();
    }

    /** The journal in the cluster may hold the Application's content; the Session History and the report may not. */
    @Test
    void nothingElseThatTheApplicationHoldsIsInTheSessionHistory() {
        server.undone();
        takeAgain();
        try (ReleaseUnderTest subject = release()) {
            subject.deploy(Strategy.BLUE_GREEN, OLD, Overrides.NONE);
            subject.release(new Version("2.0.0", "2.0.0"));
        }
        PerformedAction set = hold.application().setValues(hold.point().spec().at("/source/helm/valuesObject")
                .deepCopy());
        assertThat(server.spec().toString()).contains("u:s3cret@db", "p4ss");
        assertThat(history.entries() + " " + set).doesNotContain("s3cret", "p4ss", "terminationMessagePath")
                .contains("argocd app set shop -p image.tag=2.0.0", "PATCH /api/v1/applications/shop");
    }

    private ReleaseUnderTest release() {
        Blueprint pattern = new Blueprint(hold.point().application(), Values.parse("values.yaml",
                "image: {repository: registry.test/shop, tag: 1.0.0}"), ImageName.parse("registry.test/shop:1.0.0"),
                LiveRelease.of("shop-live", List.of()));
        return new ReleaseUnderTest(platform, pattern, waiting, new Journal(history.begin("BG-1", "a criterion"),
                new Evidence(new Redaction(List.of()))), "abcde", ReleaseSite.live(hold.application(),
                LiveServer.HOST, "shop-bg-1-abcde"));
    }
}
