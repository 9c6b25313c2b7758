package delivery.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import delivery.argocd.Application;
import delivery.chart.Values;
import delivery.clone.LiveRelease;
import delivery.environment.Blueprint;
import delivery.environment.OneServer;
import delivery.environment.Platform;
import delivery.evidence.Evidence;
import delivery.evidence.Redaction;
import delivery.failure.EnvironmentNotFit;
import delivery.failure.UnresolvedLayout;
import delivery.history.CallLog;
import delivery.history.SessionHistory;
import delivery.layout.Exposure;
import delivery.layout.ValuePlaces;
import delivery.registry.ImageName;
import delivery.rollout.Strategies;
import delivery.traffic.Endpoint;
import delivery.traffic.TagRelation;
import delivery.traffic.VersionReading;
import delivery.waiting.ResourceVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions that a team has pushed itself are looked up, and neither built nor deleted. */
class ReadyVersionsTest {

    private final MockWebServer server = new MockWebServer();
    private final List<String> writes = new CopyOnWriteArrayList<>();
    private final SessionHistory history = new SessionHistory(Clock.systemUTC(), new Redaction(List.of()));
    private Optional<TagRelation> relation = TagRelation.between("v1.0.0", "1.0.0");
    private Platform platform;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(OneServer.registry(writes));
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        platform.close();
        server.shutdown();
    }

    @Test
    void eachIsReleasedOnceAndNoneIsBuiltOrDeleted() throws IOException {
        Versions versions = versions(Map.of("NEW_TAG", "v1.1.0,build-7=1.2.0"));
        Journal journal = journal();

        Version next = versions.next(Set.of("v1.0.0"), journal);
        assertThat(next).isEqualTo(new Version("v1.1.0", "1.1.0"));
        assertThat(versions.own("shop-set-1", Set.of(), journal)).isEqualTo(next);
        assertThat(versions.next(Set.of("v1.1.0"), journal)).isEqualTo(new Version("build-7", "1.2.0"));
        assertThat(versions.image(next).configs()).containsExactly("sha256:c");
        assertThatExceptionOfType(UnresolvedLayout.class)
                .isThrownBy(() -> versions.next(Set.of("v1.1.0", "build-7"), journal))
                .withMessageContaining("NEW_TAG names 2 new versions, and a scenario needs one more");
        assertThat(history.entries()).extracting(entry -> entry.command()).containsExactly(
                "docker manifest inspect registry.test/shop:v1.1.0",
                "docker manifest inspect registry.test/shop:build-7");
        assertThat(versions.remove()).isEmpty();
        assertThat(writes).isEmpty();
    }

    @Test
    void aFaultyOneIsWhatTheTeamNames() throws IOException {
        Versions versions = versions(Map.of("NEW_TAG", "v1.1.0", "FAULTY_TAG", "v1.1.1"));
        assertThat(versions.refusalIsKnown()).isTrue();
        assertThat(versions.faulty(Set.of(), journal())).isEqualTo(new Version("v1.1.1", "1.1.1", true));
        assertThat(versions.remove()).isEmpty();
        assertThat(writes).isEmpty();
    }

    @Test
    void whatCannotBeKnownOfOneIsAskedFor() throws IOException {
        relation = Optional.empty();
        Versions versions = versions(Map.of("NEW_TAG", "abc123,v9=9"));
        assertThatExceptionOfType(UnresolvedLayout.class).isThrownBy(() -> versions.next(Set.of(), journal()))
                .withMessageContaining("does not follow from its tag; name it as abc123=ANSWER");
        assertThatExceptionOfType(EnvironmentNotFit.class)
                .isThrownBy(() -> versions.next(Set.of("abc123"), journal()))
                .withMessageContaining("The registry has no registry.test/shop:v9");
    }

    private Versions versions(Map<String, String> settings) throws IOException {
        platform = OneServer.platform(server.url("/").toString(), folder, new CallLog(), settings);
        JsonNode nothing = JsonNodeFactory.instance.objectNode();
        Application application = new Application("shop", nothing, Map.of(), "Synced", nothing, "Healthy", nothing,
                nothing, List.of(), List.of(), new ResourceVersion("", ""));
        return new Versions(platform, new Blueprint(application, Values.parse("values.yaml", "{}"),
                ImageName.parse("registry.test/shop:v1.0.0"), LiveRelease.of("shop", List.of()),
                ValuePlaces.OF_THE_LAB, new VersionReading(Endpoint.VERSION, Optional.of("1.0.0"), relation),
                Strategies.BOTH, Optional.empty(), Exposure.BY_ROUTE, Optional.empty()), "run7");
    }

    private Journal journal() {
        return new Journal(history.begin("SET-1", "a criterion"), new Evidence(new Redaction(List.of())));
    }
}
