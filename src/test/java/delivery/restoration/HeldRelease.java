package delivery.restoration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.environment.Platform;
import delivery.rollout.Rollout;
import delivery.waiting.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A live release that a run holds: version 1.0.0, on the test's own server. */
abstract class HeldRelease {

    static final String APPLICATION = "PATCH /api/v1/applications/shop";

    final Waiting waiting = new Waiting(0.1, (what, elapsed, seen) -> { });
    final List<String> said = new ArrayList<>();
    private final List<LiveHold> holds = new ArrayList<>();
    LiveServer server;
    Platform platform;
    JsonNode before;
    Rollout rollout;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        server = new LiveServer();
        platform = server.platform(folder, Map.of());
        before = server.spec();
        rollout = Rollout.parse(server.rollout());
    }

    @AfterEach
    void stop() throws IOException {
        // Also those of runs that were "killed": their heartbeats would go on asking servers that are gone.
        holds.forEach(hold -> hold.heartbeat().close());
        platform.close();
        server.close();
    }

    LiveHold take(String run) {
        holds.add(LiveHold.take(platform, waiting, live(), run, said::add));
        return holds.get(holds.size() - 1);
    }

    /** Has Argo CD sync a version. */
    LiveHold release(LiveHold hold, String tag) {
        ObjectNode held = hold.point().held(true);
        ((ObjectNode) held.at("/source/helm/parameters/0")).put("value", tag);
        hold.application().replace(held, Map.of("image.tag", tag), held.objectNode());
        hold.application().act(() -> platform.argoCd().writer().sync(hold.point().application()));
        return hold;
    }

    /** Promotes 2.0.0, which waits, to its end. */
    void promote() {
        new LiveRollout(platform.cluster().client(), "shop-live", "shop", waiting, Supplier::get,
                action -> { }).settle(now -> now.asksFor("2.0.0"), Set.of("shop-1.0.0"));
    }

    /** Makes the process of the run that has the journal appear to have ended long ago. */
    void gone() {
        annotate("delivery.acceptance/pid", String.valueOf(Integer.MAX_VALUE));
        annotate("delivery.acceptance/renewed", "2026-11-01T00:00:00Z");
    }

    void annotate(String name, String value) {
        ((ObjectNode) server.journal().orElseThrow().at("/metadata/annotations")).put(name, value);
    }

    void requireAsBefore() {
        assertThat(server.spec()).isEqualTo(before);
        Rollout now = Rollout.parse(server.rollout());
        assertThat(now.object().path("spec")).isEqualTo(rollout.object().path("spec"));
        assertThat(now.stableHash()).isEqualTo("h1.0.0");
        assertThat(now.healthy()).isTrue();
        assertThat(server.replicaSets()).containsExactly("1.0.0");
        assertThat(server.journal()).isEmpty();
    }

    RestorePoint live() {
        return LiveHold.read(platform, waiting, "1.0.0", Rollout.parse(server.rollout()));
    }
}
