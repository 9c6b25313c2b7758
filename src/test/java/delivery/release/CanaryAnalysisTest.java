package delivery.release;

import static delivery.rollout.ReleaseFixture.json;
import static delivery.rollout.ReleaseFixture.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import delivery.environment.OneServer;
import delivery.environment.Platform;
import delivery.evidence.Evidence;
import delivery.failure.NotApplicable;
import delivery.gateway.HostEntrance;
import delivery.history.CallLog;
import delivery.history.SessionHistory;
import delivery.rollout.AnalysisRunState;
import delivery.rollout.Release;
import delivery.rollout.ReleaseFixture;
import delivery.traffic.Endpoint;
import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import delivery.waiting.WaitLimit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CanaryAnalysisTest {

    private static final String HOST = "sample-api-can-a-abcde.sample-api.test";
    private static final Version NEXT = new Version("2", "1.1.0");
    private static final Version FAULTY = new Version("2", "9.9.9", true);

    private final MockWebServer server = new MockWebServer();
    private final CountDownLatch come = new CountDownLatch(5);
    private final SessionHistory history = new SessionHistory(Clock.systemUTC(), UnaryOperator.identity());

    @TempDir
    private Path folder;
    private Platform platform;
    private boolean counting;

    /** A release that goes on to its next state during each wait. */
    private final class Staged implements AnalysedRelease {

        private final Deque<Release> states = new ArrayDeque<>();
        private final Audience audience = new Audience(platform, "sample-api-can-a-abcde",
                new HostEntrance(platform.gateway(), HOST), Endpoint.VERSION);
        private final Journal journal =
                new Journal(history.begin("CAN-A", "a criterion"), new Evidence(UnaryOperator.identity()));

        Staged(Release... releases) {
            states.addAll(List.of(releases));
        }

        @Override
        public <R> R await(Expectation<? super Release, R> expectation, WaitLimit limit) {
            while (true) {
                Outcome<R> outcome = expectation.judge(states.element());
                if (outcome instanceof Outcome.Met<R> met) {
                    return met.value();
                }
                if (states.size() == 1) {
                    throw new AssertionError(expectation.description() + ": " + outcome);
                }
                states.remove();
                requireUsers();
            }
        }

        private void requireUsers() {
            try {
                assertThat(come.await(counting ? 30_000 : 0, TimeUnit.MILLISECONDS)).as("users come").isEqualTo(
                        counting);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Audience audience() {
            return audience;
        }

        @Override
        public Journal journal() {
            return journal;
        }
    }

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                if (HOST.equals(request.getHeader("Host"))) {
                    come.countDown();
                }
                return new MockResponse().setBody("{\"gitVersion\": \"v1.36.2\", \"version\": \"1.1.0\"}");
            }
        });
        server.start();
        platform = OneServer.platform(server.url("/").toString(), folder, new CallLog());
    }

    @AfterEach
    void stop() throws IOException {
        platform.close();
        server.shutdown();
    }

    @Test
    void usersComeWhileAnalysisCountsWhatTheyAreAnswered() {
        counting = true;
        AnalysisRunState judged = new CanaryAnalysis(new Staged(analysed("prometheus", "Running", "1"),
                analysed("prometheus", "Successful", "1")), NEXT).ofGood();
        assertThat(judged.ended()).isTrue();
        assertThat(String.valueOf(history.entries())).contains("curl -s -H 'Host: " + HOST + "' http://")
                .containsPattern("[1-9]\\d* requests of users, for the analysis to count");
        assertThat(come.getCount()).isZero();
    }

    @Test
    void nobodyComesForAnAnalysisThatAsksByItself() {
        AnalysisRunState judged = new CanaryAnalysis(new Staged(analysed("web", "Running", "1.1.0"),
                analysed("web", "Successful", "1.1.0")), NEXT).ofGood();
        assertThat(judged.ended()).isTrue();
        assertThat(come.getCount()).isEqualTo(5);
        assertThat(String.valueOf(history.entries())).doesNotContain("requests of users");
    }

    @Test
    void aRefusalOfTheFaultyVersionIsItsJudgement() {
        for (boolean known : List.of(true, false)) {
            assertThat(new CanaryAnalysis(new Staged(analysed("web", "Running", "9.9.9"),
                    analysed("web", "Failed", "9.9.9")), FAULTY).ofFaulty(known).outcome()).startsWith("Failed");
        }
    }

    @Test
    void whereNobodyKnowsThatItShouldRefuseNothingIsConcludedFromAPass() {
        assertThatExceptionOfType(NotApplicable.class).isThrownBy(() -> new CanaryAnalysis(new Staged(
                analysed("web", "Successful", "9.9.9")), FAULTY).ofFaulty(false))
                .withMessageStartingWith("nothing is known to be faulty by its analysis: it is content with 9.9.9, and"
                        + " was not given what that was released as, 2; set FAULTY_TAG to a version that it refuses");
    }

    @Test
    void aPassOfAVersionThatTheTeamCallsFaultyIsHandedOnToBeJudged() {
        assertThat(new CanaryAnalysis(new Staged(analysed("web", "Successful", "9.9.9")), FAULTY).ofFaulty(true)
                .outcome()).startsWith("Successful");
        assertThat(new CanaryAnalysis(new Staged(analysed("web", "Successful", "2 is not 9.9.9")), FAULTY)
                .ofFaulty(false).outcome()).as("it was given both").startsWith("Successful");
    }

    /**
     * A version that the team considers faulty is waited for to the end, although the analysis runs in the background.
     */
    @Test
    void besideTheCanaryTheFaultyVersionIsJudgedAtTheEndAlone() {
        AnalysisRunState judged = new CanaryAnalysis(new Staged(inBackground(1, "Running"), inBackground(2, "Running"),
                inBackground(3, "Failed")), FAULTY).ofFaulty(true);
        assertThat(judged.outcome()).startsWith("Failed");
        assertThat(new CanaryAnalysis(new Staged(inBackground(1, "Running"), inBackground(2, "Running"),
                inBackground(3, "Failed")), NEXT).ofGood().outcome()).as("at the next pause").startsWith("Running");
    }

    private static Release analysed(String provider, String phase, String value) {
        return release("{setWeight:20},{analysis:{}},{pause:{}}", "canary:{}", run(provider, phase, value, 2, ""));
    }

    private static Release inBackground(int count, String phase) {
        return release("{setWeight:20},{pause:{}}", "canary:{weights:{canary:{weight:20},stable:{weight:80}}}",
                run("web", phase, "9.9.9", count, ",'rollout-type':'Background'"));
    }

    private static Release release(String steps, String weights, AnalysisRunState run) {
        return new Release(Optional.of(ReleaseFixture.rollout("2", "canary:{trafficRouting:{},steps:[" + steps + "]}",
                ReleaseFixture.paused("CanaryPauseStep", 1) + "," + weights)), List.of(set("new", 2, "2", 1, 1)),
                List.of(), List.of(), List.of(run));
    }

    private static AnalysisRunState run(String provider, String phase, String value, int count, String label) {
        return AnalysisRunState.parse(json("{metadata:{name:'sample-api-new-2-2',labels:{"
                + "'rollouts-pod-template-hash':'new'" + label + "}},spec:{metrics:[{name:'m',provider:{'" + provider
                + "':{}}}]},status:{phase:'" + phase + "',metricResults:[{name:'m',count:" + count
                + ",measurements:[{phase:'Successful',value:'" + value + "'}]}]}}"));
    }
}
