package delivery.release;

import static delivery.rollout.ReleaseFixture.blueGreen;
import static delivery.rollout.ReleaseFixture.healthy;
import static delivery.rollout.ReleaseFixture.json;
import static delivery.rollout.ReleaseFixture.release;
import static delivery.rollout.ReleaseFixture.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.rollout.PodState;
import delivery.rollout.Release;
import delivery.rollout.ReleaseFixture;
import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodWatchTest {

    private final StagedRelease watchedRelease = new StagedRelease(with(restarts(0)));
    private final List<Outcome<?>> seen = watchedRelease.seen;
    private final List<Duration> watched = watchedRelease.watched;

    private static PodState restarts(int count) {
        return PodState.parse(
                json("{metadata:{name:'a',labels:{'rollouts-pod-template-hash':'new'}},status:{conditions:["
                + "{type:'Ready',status:'True',lastTransitionTime:'2026-11-24T01:02:03Z'}],containerStatuses:[{"
                + "restartCount:"
                + count + "}]}}"));
    }

    private static Release with(PodState pod) {
        return ReleaseFixture.with(release(blueGreen("2", healthy("new")), set("new", 2, "2", 1, 1)), pod);
    }

    @Test
    void whatIsLeftOfTheTimeIsWatched() {
        PodWatch pods = new PodWatch(watchedRelease, "new");
        assertThat(pods.stayFor(Duration.ofHours(1))).isEqualTo("1 pod stayed available for 3600 s or more");
        assertThat(pods.stayFor(Duration.ZERO)).endsWith("for 0 s or more");
        assertThat(seen).allMatch(Outcome.Met.class::isInstance);
        assertThat(watched.get(0)).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        assertThat(watched.get(1)).isEqualTo(Duration.ZERO);
    }

    @Test
    void aPodThatWasStartedAgainIsSeen() {
        PodWatch pods = new PodWatch(watchedRelease, "new");
        watchedRelease.becomes(with(restarts(1)));
        pods.stayFor(Duration.ofSeconds(1));
        assertThat(seen).singleElement().isInstanceOf(Outcome.Impossible.class);
    }

    @Test
    void somethingElseMustBeSoToo() {
        new PodWatch(watchedRelease, "new").stayFor(Duration.ofSeconds(1),
                Expectation.of("healthy", unused -> Outcome.notYet("degraded")));
        assertThat(seen).singleElement().isInstanceOf(Outcome.NotYet.class);
    }

    @Test
    void aHealthyReleaseMustStayHealthyWithItsPods() {
        assertThat(PodWatch.healthy(watchedRelease, "2", Duration.ofSeconds(3)))
                .isEqualTo("1 pod stayed available for 3 s or more");
        assertThat(seen).singleElement().isInstanceOf(Outcome.Met.class);
        assertThatThrownBy(() -> PodWatch.healthy(watchedRelease, "3", Duration.ofSeconds(3)))
                .hasMessageContaining("the release of 3 is healthy");
    }
}
