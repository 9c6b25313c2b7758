package delivery.release;

import static delivery.rollout.ReleaseFixture.canary;
import static delivery.rollout.ReleaseFixture.canaryByPods;
import static delivery.rollout.ReleaseFixture.healthy;
import static delivery.rollout.ReleaseFixture.json;
import static delivery.rollout.ReleaseFixture.paused;
import static delivery.rollout.ReleaseFixture.set;
import static delivery.rollout.ReleaseFixture.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.environment.OneServer;
import delivery.environment.Platform;
import delivery.evidence.Evidence;
import delivery.failure.UnmeasurableSteps;
import delivery.gateway.HostEntrance;
import delivery.history.CallLog;
import delivery.history.SessionHistory;
import delivery.kubernetes.ServiceEntrance;
import delivery.rollout.PodState;
import delivery.rollout.Release;
import delivery.rollout.ReleaseExpectations;
import delivery.rollout.ReleaseFixture;
import delivery.rollout.Rollout;
import delivery.route.RouteFindings;
import delivery.traffic.AskedShare;
import delivery.traffic.BinomialSplitTest;
import delivery.traffic.Endpoint;
import delivery.traffic.Sample;
import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import delivery.waiting.WaitLimit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
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
class CanaryMeasurementTest {

    private static final String NAME = "sample-api-can-2-abcde";
    private static final String HOST = NAME + ".sample-api.test";
    private static final String PAUSE = "CanaryPauseStep";
    private static final String TO_THE_FULL = "{setWeight:50},{pause:{}},{setWeight:100}";
    private static final String UNHELD = "{setWeight:20},{setWeight:60},{pause:{}}";
    private static final Version OLD = new Version("1", "1.0.0");
    private static final Version NEXT = new Version("2", "1.1.0");
    private static final BinomialSplitTest SPLIT = new BinomialSplitTest(0.001);

    private final MockWebServer server = new MockWebServer();
    private final AtomicInteger asked = new AtomicInteger();
    private final List<String> shown = new ArrayList<>();

    @TempDir
    Path folder;

    private Platform platform;
    private Audience audience;
    /** How many of a hundred users get the new version, whatever weight is set; negative for exactly the weight. */
    private int served = -1;
    private int weight;
    private String canaryService = NEXT.answers();
    private String page = "";

    /** A release with the users and Services that a test gives; it goes on to its next state when it is promoted. */
    private final class Staged implements CanaryRelease, MeasuredRelease, MeasuredRelease.Routes {

        private final Deque<Release> states = new ArrayDeque<>();
        private final Journal journal = new Journal(new SessionHistory(Clock.systemUTC(), UnaryOperator.identity())
                .begin("CAN-2", "a criterion"), new Evidence(UnaryOperator.identity()));
        private int comeMeanwhile;
        /** Whether the pause of the step that is measured first ends during the measurement. */
        private boolean goesOnMeanwhile;

        Staged(Rollout... rollouts) {
            for (Rollout rollout : rollouts) {
                states.add(with(ReleaseFixture.release(rollout, set("old", 1, "1", 1, 1), set("new", 2, "2", 1, 1)),
                        pod("old"), pod("new")));
            }
            journal.looked("kubectl argo rollouts get rollout", "it is there");
        }

        private static PodState pod(String hash) {
            return PodState.parse(json("{metadata:{name:'pod-" + hash + "',labels:{'rollouts-pod-template-hash':'"
                    + hash + "'}},status:{conditions:[{type:'Ready',status:'True'}]}}"));
        }

        @Override
        public <R> R await(Expectation<? super Release, R> expectation, WaitLimit limit) {
            while (true) {
                Outcome<R> outcome = expectation.judge(states.element());
                if (outcome instanceof Outcome.Met<R> met) {
                    return met.value();
                }
                if (outcome instanceof Outcome.Impossible || states.size() == 1) {
                    throw new AssertionError(expectation.description() + ": " + outcome);
                }
                states.remove();
            }
        }

        @Override
        public boolean promoteAt(int step) {
            boolean waits = rollout().step().orElse(-1) == step && rollout().paused(ReleaseExpectations.CANARY_PAUSE);
            if (waits) {
                states.remove();
            }
            return waits;
        }

        @Override
        public ReleaseSite site() {
            return ReleaseSite.copy(NAME, "sample-api.test", Optional.empty());
        }

        @Override
        public Release release() {
            return states.element();
        }

        @Override
        public Rollout rollout() {
            return release().rollout().orElseThrow();
        }

        @Override
        public Audience audience() {
            return audience;
        }

        @Override
        public Journal journal() {
            return journal;
        }

        @Override
        public MeasuredRelease.Routes served() {
            return this;
        }

        @Override
        public AskedShare awaitShare(Version version, AskedShare before, int percent) {
            weight = percent;
            return ofNow(percent, 0);
        }

        @Override
        public AskedShare share(int percent) {
            if (goesOnMeanwhile && states.size() > 1) {
                states.remove();
            }
            return ofNow(percent, comeMeanwhile);
        }

        private AskedShare ofNow(int percent, int more) {
            return rollout().weighsByPods() ? AskedShare.ofPods(percent, percent / 10, 10 + more)
                    : AskedShare.ofWeight(percent);
        }

        @Override
        public void await(String service, Version version) {
            assertThat(version).isEqualTo(NEXT);
        }
    }

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return new MockResponse().setHeader("Content-Type", "application/json").setBody(HOST.equals(
                        request.getHeader("Host")) ? toUser(request.getPath()) : toClient(request.getPath()));
            }
        });
        server.start();
        platform = OneServer.platform(server.url("/").toString(), folder, new CallLog());
        audience = new Audience(platform, NAME, new HostEntrance(platform.gateway(), HOST), Endpoint.VERSION);
    }

    @AfterEach
    void stop() throws IOException {
        platform.close();
        server.shutdown();
    }

    private String toUser(String path) {
        boolean next = asked.getAndIncrement() * 37 % 100 < (served < 0 ? weight : served);
        String version = (next ? NEXT : OLD).answers();
        return path.equals("/") ? page.isEmpty() ? "version " + version : page
                : "{\"version\":\"" + version + "\",\"pod\":\"pod-" + (next ? "new" : "old") + "\"}";
    }

    private String toClient(String path) {
        if (path.contains("/services/shop:http/proxy/")) {
            return toUser(path.replaceFirst(".*/proxy", ""));
        }
        if (path.endsWith("/proxy/version")) {
            return "{\"version\":\"" + (path.contains("/canary:") ? canaryService : OLD.answers()) + "\"}";
        }
        if (path.contains("/services/")) {
            return "{\"spec\":{\"ports\":[{\"name\":\"http\",\"port\":80}]}}";
        }
        return path.equals("/version") ? "{\"gitVersion\":\"v1.36.2\"}" : "{\"items\":[]}";
    }

    private CanaryMeasurement measured(Staged release) {
        return new CanaryMeasurement(release, OLD, NEXT, List.of(OLD, NEXT), 100, new CanaryMeasurement.Shown() {
            @Override
            public void requests(Sample sample, Endpoint endpoint) {
                shown.add(sample.size() + " of " + endpoint.path());
            }

            @Override
            public void routes(RouteFindings routes) {
                shown.add("routes");
            }
        }).along(new CanaryWalk(release, NEXT));
    }

    private static Staged staged(CanaryMeasurementTest test, Rollout... rollouts) {
        return test.new Staged(rollouts);
    }

    private Staged toTheFull() {
        return staged(this, canary(TO_THE_FULL, "2", paused(PAUSE, 1)),
                canary(TO_THE_FULL, "2", healthy("new").replace("currentStepIndex:5", "currentStepIndex:3")));
    }

    private static Optional<String> complaint(CanaryMeasurement measured) {
        return measured.complaint(SPLIT, SPLIT);
    }

    @Test
    void eachWeightIsMeasuredOnceAtTheGatewayAndAtEachService() {
        CanaryMeasurement measured = measured(toTheFull());

        assertThat(complaint(measured)).isEmpty();
        assertThat(measured.complaintOfServices()).isEmpty();
        assertThatCode(measured::requireMeasured).doesNotThrowAnyException();
        assertThat(measured.served(SPLIT, SPLIT).rows()).extracting(row -> row.get(1)).containsExactly("50%", "100%");
        assertThat(measured.servedBy())
                .isEqualTo("each Service answered by its own version at every step, 60 requests in all");
        assertThat(shown).as("no page was met").containsExactly("routes", "100 of /version", "routes",
                "100 of /version");
    }

    @Test
    void aShareThatIsNotServedAsAskedIsSaidWithItsStep() {
        served = 0;
        assertThat(complaint(measured(toTheFull()))).hasValueSatisfying(why -> assertThat(why)
                .startsWith("At step 0 the canary served 0.0% of 100 requests; 50% was asked")
                .contains("At step 2 the canary served 0.0%"));
    }

    @Test
    void aServiceThatAnswersByAnotherVersionIsNamed() {
        canaryService = OLD.answers();
        assertThat(measured(toTheFull()).complaintOfServices()).contains("Every one of 20 requests to the canary"
                + " Service at step 0 must be answered by version 1.1.0; 20 were answered by version 1.0.0");
    }

    @Test
    void aPageThatDoesNotTellTheVersionIsNotMeasured() {
        audience.meet(OLD, audience.newcomers(1, 1), Optional.of("shop"));
        page = "version 1.0.0 for everybody";
        measured(toTheFull());
        assertThat(shown).as("the canary's own page does not tell its version")
                .noneMatch(what -> what.endsWith(" of /"));
    }

    @Test
    void podsThatComeMeanwhileAreSaidBeforeTheShares() {
        served = 0;
        Staged release = staged(this, canaryByPods("2", paused(PAUSE, 1)), canaryByPods("2", paused(PAUSE, 4)),
                canaryByPods("2", healthy("new")));
        release.comeMeanwhile = 1;
        assertThat(complaint(measured(release))).hasValueSatisfying(why -> assertThat(why)
                .startsWith("Pods came or went while step 0 was measured: 20% was asked (2 of 10 pods), then 20% was"
                        + " asked").contains(". At step 0 the canary served"));
    }

    /** A pause ends by itself; if a slow machine misses it, the release is not at fault. */
    @Test
    void aStepThatIsOverMeanwhileIsNotJudged() {
        served = 0;
        canaryService = OLD.answers();
        Staged release = staged(this, canaryByPods("2", paused(PAUSE, 1)), canaryByPods("2", paused(PAUSE, 4)),
                canaryByPods("2", healthy("new")));
        release.goesOnMeanwhile = true;
        release.comeMeanwhile = 1;
        CanaryMeasurement measured = measured(release);

        assertThat(complaint(measured)).isEmpty();
        assertThat(measured.complaintOfServices()).isEmpty();
        assertThatExceptionOfType(UnmeasurableSteps.class).isThrownBy(measured::requireMeasured)
                .withMessageContaining("setWeight 20 at step 0 was over while it was measured; lengthen the pause");
    }

    @Test
    void withoutServicesAVersionIsJudgedByThePodsThatAnswered() {
        Staged release = staged(this, canaryByPods("2", paused(PAUSE, 1)), canaryByPods("2", paused(PAUSE, 4)),
                canaryByPods("2", healthy("new")));
        CanaryMeasurement measured = measured(release);

        assertThat(measured.complaintOfServices()).isEmpty();
        assertThat(measured.servedBy()).startsWith("the Rollout names no canary and no stable Service, so that none was"
                + " asked; ").endsWith(" answers to users came from pods of their version");
    }

    /** The API server chooses among the pods, so the shares are those of the pods there too. */
    @Test
    void withoutARouteSharesAreThoseOfThePodsThatTheServiceHas() {
        audience = new Audience(platform, NAME, new ServiceEntrance(platform.cluster().client(), NAME, () -> "shop"),
                Endpoint.VERSION);
        CanaryMeasurement measured = measured(staged(this, canaryByPods("2", paused(PAUSE, 1)),
                canaryByPods("2", paused(PAUSE, 4)), canaryByPods("2", healthy("new"))));
        assertThat(complaint(measured)).isEmpty();
        assertThat(measured.complaintOfServices()).isEmpty();
        assertThat(measured.servedBy()).endsWith(" answers to users came from pods of their version");

        served = 0;
        assertThat(complaint(measured(staged(this, canaryByPods("2", paused(PAUSE, 1)), canaryByPods("2",
                healthy("new")))))).hasValueSatisfying(why -> assertThat(why).contains("At step 0 the canary served"
                        + " 0.0% of 100 requests"));
    }

    @Test
    void aPodThatIsNotOfItsReplicaSetIsNamed() {
        Staged release = staged(this, canaryByPods("2", paused(PAUSE, 1)), canaryByPods("2", healthy("new")));
        release.states.addFirst(new Release(release.release().rollout(), release.release().replicaSets(),
                List.of(Staged.pod("old")), List.of(), List.of()));
        assertThat(measured(release).complaintOfServices())
                .contains("A pod that is not of its ReplicaSet answered users with version 1.1.0 at step 0: pod-new");
    }

    @Test
    void aWeightThatNoStepHoldsIsNoVerdict() {
        CanaryMeasurement measured = measured(staged(this, canary(UNHELD, "2", paused(PAUSE, 2)),
                canary(UNHELD, "2", healthy("new").replace("currentStepIndex:5", "currentStepIndex:3"))));
        assertThatThrownBy(measured::requireMeasured).isInstanceOf(UnmeasurableSteps.class)
                .hasMessageContaining("setWeight 20 at step 0 is held by no step");
    }

    @Test
    void stepsThatSetNoWeightSplitNothing() {
        assertThat(complaint(measured(staged(this, canary("{pause:{}}", "2", healthy("new")
                .replace("currentStepIndex:5", "currentStepIndex:1"))))))
                .contains("The steps of values.yaml set no weight, so that nothing is split");
    }
}
