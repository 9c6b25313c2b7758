package delivery.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.chart.Values;
import delivery.clone.LiveRelease;
import delivery.environment.Blueprint;
import delivery.environment.Platform;
import delivery.evidence.Evidence;
import delivery.evidence.Redaction;
import delivery.failure.EnvironmentNotFit;
import delivery.failure.NotApplicable;
import delivery.history.HistoryEntry;
import delivery.history.SessionHistory;
import delivery.layout.Exposure;
import delivery.layout.TagPlace;
import delivery.layout.ValuePlaces;
import delivery.registry.ImageName;
import delivery.restoration.LiveHold;
import delivery.restoration.LiveServer;
import delivery.rollout.Rollout;
import delivery.rollout.Strategies;
import delivery.rollout.Strategy;
import delivery.traffic.VersionReading;
import delivery.waiting.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A release of plain YAML in place: its images are set in the live Rollout, and the Application is only held. */
@Timeout(120)
class ImageDeliveryTest {

    private static final Version OLD = new Version("1.0.0", "1.0.0");
    private static final Version NEW = new Version("2.0.0", "2.0.0");

    private final Waiting waiting = new Waiting(0.2, (what, elapsed, seen) -> { });
    private final SessionHistory history = new SessionHistory(Clock.systemUTC(), new Redaction(List.of()));
    private final List<String> said = new ArrayList<>();
    private LiveServer server;
    private Platform platform;
    private LiveHold hold;
    private JsonNode application;
    private JsonNode rollout;
    private String container = "shop";

    @TempDir
    Path folder;

    @BeforeEach
    void take() throws IOException {
        server = new LiveServer();
        platform = server.platform(folder, Map.of());
        application = server.spec();
        rollout = server.rollout().path("spec");
        hold = LiveHold.take(platform, waiting, LiveHold.read(platform, waiting, "1.0.0",
                Rollout.parse(server.rollout())), "abcde", said::add);
        server.changes.clear();
    }

    @AfterEach
    void stop() throws IOException {
        hold.heartbeat().close();
        platform.close();
        server.close();
    }

    @Test
    void theImageIsSetInTheRolloutAndTheApplicationIsOnlyHeld() {
        try (ReleaseUnderTest subject = release()) {
            subject.deploy(Strategy.BLUE_GREEN, OLD, Overrides.NONE);
            subject.release(NEW);
            assertThat(subject.release().summary()).contains("Paused", "registry.test/shop:2.0.0");
            assertThat(subject.delivery().isApplied()).isTrue();
            assertThat(subject.foreign()).isEmpty();
        }
        assertThat(server.spec().path("source").path("helm")).isEqualTo(application.path("source").path("helm"));
        assertThat(server.spec().at("/syncPolicy").has("automated")).as("it would put the image back").isFalse();
        assertThat(server.spec().at("/source/targetRevision").asText()).isEqualTo("abc123");
        assertThat(server.changes).noneMatch(change -> change.endsWith("/sync") || change.startsWith("DELETE"));
        assertThat(history.entries()).extracting(HistoryEntry::command).contains(
                "kubectl argo rollouts set image shop shop=registry.test/shop:2.0.0 -n shop-live")
                .noneMatch(command -> command.contains("app sync"));
    }

    @Test
    void everythingIsPutBack() {
        try (ReleaseUnderTest subject = release()) {
            subject.deploy(Strategy.BLUE_GREEN, OLD, Overrides.NONE);
            subject.release(NEW);
        }
        hold.putBack();
        assertThat(server.spec()).isEqualTo(application);
        assertThat(server.rollout().path("spec")).isEqualTo(rollout);
        assertThat(server.replicaSets()).containsExactly("1.0.0");
        assertThat(server.journal()).isEmpty();
    }

    @Test
    void soIsAnImageThatArgoCdIgnores() {
        hold.putBack();
        server.ignoresRollout();
        application = server.spec();
        hold = LiveHold.take(platform, waiting, LiveHold.read(platform, waiting, "1.0.0",
                Rollout.parse(server.rollout())), "abcde", said::add);
        everythingIsPutBack();
    }

    @Test
    void theNextScenarioHasTheOldImageAgain() {
        try (ReleaseUnderTest before = release()) {
            before.deploy(Strategy.BLUE_GREEN, OLD, Overrides.NONE);
            before.release(NEW);
        }
        try (ReleaseUnderTest next = release()) {
            next.deploy(Strategy.BLUE_GREEN, OLD, Overrides.NONE);
            assertThat(next.release().summary()).contains("Healthy", "registry.test/shop:1.0.0");
        }
        assertThat(server.replicaSets()).containsExactly("1.0.0");
    }

    @Test
    void aReleaseThatUsersHaveAlreadyIsOnlyLookedAt() {
        try (ReleaseUnderTest before = release()) {
            before.deploy(Strategy.BLUE_GREEN, OLD, Overrides.NONE);
        }
        server.changes.clear();
        try (ReleaseUnderTest next = release()) {
            next.deploy(Strategy.BLUE_GREEN, OLD, Overrides.NONE);
            assertThat(next.release().summary()).contains("Healthy", "registry.test/shop:1.0.0");
        }
        assertThat(server.changes).isEmpty();
        assertThat(history.entries()).last().extracting(HistoryEntry::outcome).asString()
                .contains("users have 1.0.0 alone");
    }

    @ParameterizedTest
    @CsvSource({"shop,proxy,registry.test/proxy:1.0.0", "shop,worker,registry.test/shop:1.0.0",
        "web,shop,registry.test/shop:1.0.0"})
    void theImageOfAnotherContainerIsNotTakenForTheReleases(String own, String other, String image) {
        hold.putBack();
        container = own;
        server.hasContainer(own);
        server.hasSidecar(other, image);
        hold = LiveHold.take(platform, waiting, LiveHold.read(platform, waiting, "1.0.0",
                Rollout.parse(server.rollout())), "abcde", said::add);
        rollout = server.rollout().path("spec");
        theNextScenarioHasTheOldImageAgain();
        everythingIsPutBack();
    }

    @Test
    void aSyncBySomebodyElseEndsTheScenario() {
        server.streaming = true;
        try (ReleaseUnderTest subject = release()) {
            subject.deploy(Strategy.BLUE_GREEN, OLD, Overrides.NONE);
            server.status("/status/operationState", new ObjectMapper().createObjectNode().put("phase", "Succeeded")
                    .put("startedAt", "2026-11-27T10:00:00Z"));
            for (Instant end = Instant.now().plusSeconds(20);
                    subject.foreign().isEmpty() && Instant.now().isBefore(end);) {
                Thread.onSpinWait();
            }
            assertThat(subject.foreign()).map(EnvironmentNotFit::what).get().asString().contains(
                    "had Argo CD sync the Application shop at 2026-11-27T10:00:00Z", "the image that is in Git");
            assertThat(subject.delivery().isApplied()).isFalse();
        }
    }

    @Test
    void nothingIsSetWhereSomebodyElseChangedTheApplication() {
        try (ReleaseUnderTest subject = release()) {
            subject.deploy(Strategy.BLUE_GREEN, OLD, Overrides.NONE);
            server.edited("kubectl-edit", "project", "theirs");
            server.changes.clear();
            assertThatThrownBy(() -> subject.release(NEW)).isInstanceOf(EnvironmentNotFit.class)
                    .hasMessageContaining("kubectl-edit");
        }
        assertThat(server.changes).isEmpty();
    }

    @Test
    void whatPlainYamlCannotBeAskedForIsNotApplicable() {
        try (ReleaseUnderTest subject = release()) {
            assertThatThrownBy(() -> subject.deploy(Strategy.BLUE_GREEN, OLD, Overrides.NONE.withPods(5)))
                    .isInstanceOf(NotApplicable.class).hasMessageContaining("plain YAML has no values");
        }
        assertThat(server.changes).isEmpty();
    }

    private ReleaseUnderTest release() {
        ValuePlaces places = new ValuePlaces(Strategy.BLUE_GREEN, Optional.of(new TagPlace("container " + container,
                "registry.test/shop:", Optional.empty())), List.of(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty());
        Blueprint pattern = new Blueprint(hold.point().application(), Values.parse("the Application", "{}"),
                ImageName.parse("registry.test/shop:1.0.0"), LiveRelease.of("shop-live", List.of()), places,
                VersionReading.byTag(), Strategies.BOTH, Optional.empty(), Exposure.BY_ROUTE, places.container());
        return new ReleaseUnderTest(platform, pattern, waiting, new Journal(history.begin("BG-2", "a criterion"),
                new Evidence(new Redaction(List.of()))), "abcde", ReleaseSite.live(hold.application(),
                LiveServer.HOST, "shop-bg-2-abcde"));
    }
}
