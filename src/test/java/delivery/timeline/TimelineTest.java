package delivery.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.gateway.Gateway;
import delivery.rollout.Release;
import delivery.rollout.Rollout;
import delivery.timeline.TimelineSnapshot.TimelineEvent;
import delivery.traffic.Endpoint;
import delivery.traffic.Sample;
import delivery.waiting.Feed;
import delivery.waiting.Listeners;
import delivery.waiting.Subscription;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private final Releases releases = new Releases(Rollouts.canary("Progressing", 1));

    @Test
    void whatHappensToTheReleaseIsMarked() {
        try (Gateway gateway = nobody(); Timeline timeline = timeline(gateway)) {
            releases.become(Rollouts.canary("Paused", 1));
            releases.become(Rollouts.canary("Paused", 1));
            timeline.mark("promoted");
            releases.become(Rollouts.canary("Healthy", 4));

            assertThat(timeline.soFar().moments()).extracting(TimelineEvent::words)
                    .containsExactly("paused at step 1, 20% asked", "promoted", "healthy");
        }
    }

    @Test
    void nothingIsMarkedAnyMoreWhenItIsClosed() {
        try (Gateway gateway = nobody()) {
            Timeline timeline = timeline(gateway);
            timeline.close();
            releases.become(Rollouts.aborted());

            assertThat(timeline.soFar().moments()).isEmpty();
        }
    }

    @Test
    void requestsOfItsOwnAndOfTheStepsAreToldApart() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            for (int number = 0; number < 200; number++) {
                server.enqueue(new MockResponse().setBody("{\"version\":\"1.0.0\"}"));
            }
            server.start();
            try (Gateway gateway = new Gateway(server.url("/").uri(), Optional.empty());
                    Timeline timeline = timeline(gateway)) {
                assertThat(server.takeRequest(10, TimeUnit.SECONDS)).isNotNull();
                assertThat(server.takeRequest(10, TimeUnit.SECONDS)).isNotNull();
                Sample own = new Sample(List.of(gateway.ask("a.test", Endpoint.VERSION),
                        gateway.ask("a.test", Endpoint.VERSION)));
                timeline.add(own);

                TimelineSnapshot story = timeline.soFar();
                assertThat(story.samples()).isEqualTo(own);
                assertThat(story.steady().size()).isPositive();
                assertThat(story.answers().failures()).isEmpty();
            }
        }
    }

    @Test
    void aGatewayThatDoesNotAnswerEndsNothing() {
        try (Gateway gateway = nobody(); Timeline timeline = timeline(gateway)) {
            gateway.ask("a.test", Endpoint.VERSION);

            assertThat(timeline.soFar().ended()).isBeforeOrEqualTo(Instant.now());
        }
    }

    private Timeline timeline(Gateway gateway) {
        return new Timeline(gateway.observe("a.test", Endpoint.VERSION, Duration.ofSeconds(30), 50), releases);
    }

    /** Returns a gateway at a port on which nothing listens. */
    private static Gateway nobody() {
        return new Gateway(URI.create("http://127.0.0.1:9"), Optional.empty());
    }

    /** A feed of the releases that a test gives it. */
    private static final class Releases implements Feed<Release> {

        private final Listeners listeners = new Listeners();
        private Rollout rollout;

        Releases(Rollout rollout) {
            this.rollout = rollout;
        }

        void become(Rollout next) {
            rollout = next;
            listeners.changed();
        }

        @Override
        public Release lastKnown() {
            return Rollouts.release(rollout);
        }

        @Override
        public Subscription onChange(Runnable listener) {
            return listeners.add(listener);
        }

        @Override
        public String whereToLook() {
            return "here";
        }
    }
}
