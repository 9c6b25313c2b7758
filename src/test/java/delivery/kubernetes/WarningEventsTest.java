package delivery.kubernetes;

import static delivery.kubernetes.FakeApi.ROLLOUTS;
import static delivery.rollout.ReleaseFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import delivery.history.CallLog;
import delivery.rollout.EventState;
import delivery.rollout.Release;
import delivery.rollout.ReleaseExpectations;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events explain a release; without them it can be followed all the same. */
@Timeout(60)
class WarningEventsTest {

    private final Waiting waiting = new Waiting(0.2, (what, elapsed, lastSeen) -> { });

    private FakeApi api;
    private KubernetesClient client;

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
        client = Cluster.client(new ConfigBuilder(Config.empty()).withMasterUrl(api.address())
                .withRequestRetryBackoffLimit(0).withWatchReconnectInterval(20).build(), new CallLog());
        api.have(ROLLOUTS, json("{apiVersion:'argoproj.io/v1alpha1',kind:'Rollout',metadata:{name:'sample-api',"
                + "namespace:'shop',uid:'u1',resourceVersion:'1'}}"));
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        api.close();
    }

    @Test
    void theyAreFollowed() {
        api.have("events", json("{apiVersion:'v1',kind:'Event',metadata:{name:'e',namespace:'shop',uid:'e1',"
                + "resourceVersion:'2'},type:'Warning',involvedObject:{kind:'Rollout',name:'sample-api',uid:'u1'},"
                + "reason:'TrafficRoutingError',message:'no router',count:3,lastTimestamp:'2026-11-26T01:02:03Z'}"));
        EventState event = new EventState("Rollout", "sample-api", "u1", "TrafficRoutingError", "no router", 3,
                "2026-11-26T01:02:03Z");
        try (ReleaseFeed feed = new ReleaseFeed(client, "shop")) {
            Release explained = waiting.until(feed, ReleaseExpectations.that("there is an event",
                    release -> !release.symptoms().warnings().isEmpty()), WaitLimit.SYNC);
            assertThat(explained.symptoms().warnings()).containsExactly(event);
            assertThat(feed.readNow().symptoms().warnings()).containsExactly(event);
            api.refusals.put("events", FakeApi.status(403, "Forbidden"));
            assertThat(feed.readNow().symptoms().warnings()).as("those that are known").containsExactly(event);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 500})
    void aReleaseIsFollowedWithoutThem(int code) {
        api.refusals.put("events", FakeApi.status(code, "Forbidden"));
        try (ReleaseFeed feed = new ReleaseFeed(client, "shop")) {
            assertThat(feed.lastKnown().rollout()).isPresent();
            assertThat(feed.lastKnown().symptoms().warnings()).isEmpty();
            assertThat(feed.readNow().symptoms().warnings()).isEmpty();
        }
    }
}
