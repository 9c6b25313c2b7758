package delivery.rollout;

import static delivery.rollout.ReleaseFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An autoscaler may act while a release is watched; everything else must stay as it is. */
class ScalingTest {

    private static final String HASHES = "currentPodHash:'new',stableRS:'new',blueGreen:{activeSelector:'new'}";

    @Test
    void aReleaseThatGetsAPodMoreStaysHealthy() {
        Expectation<Release, Release> healthy = Scaling.allowed(ReleaseExpectations.healthy("2"));
        assertMet(healthy, release(2, 8, 8, "Healthy", HASHES));
        assertMet(healthy, release(3, 9, 8, "Healthy", HASHES));
        assertMet(healthy, release(3, 9, 9, "Progressing", HASHES));
        assertMet(healthy, release(3, 9, 9, "Healthy", HASHES));
        assertMet(healthy, release(2, 10, 9, "Progressing", HASHES));
        assertMet(healthy, release(2, 10, 10, "Healthy", HASHES));
    }

    @Test
    void afterItHasComeToRestOnlyAnotherChangeIsAllowed() {
        Expectation<Release, Release> healthy = Scaling.allowed(ReleaseExpectations.healthy("2"));
        assertMet(healthy, release(2, 8, 8, "Healthy", HASHES));
        assertMet(healthy, release(3, 9, 9, "Healthy", HASHES));
        assertThat(healthy.judge(release(3, 9, 9, "Progressing", HASHES))).isInstanceOf(Outcome.NotYet.class);
        assertThat(healthy.judge(release(4, 10, 10, "Degraded", HASHES))).isInstanceOf(Outcome.NotYet.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "nothing was changed;2;8;8;Progressing;currentPodHash:'new',stableRS:'new',blueGreen:{activeSelector:'new'}",
        "the template;3;9;8;Healthy;currentPodHash:'new',stableRS:'new',blueGreen:{activeSelector:'new'}",
        "the version;3;9;9;Progressing;currentPodHash:'x',stableRS:'new',blueGreen:{activeSelector:'new'}",
        "the active one;3;9;9;Progressing;currentPodHash:'new',stableRS:'new',blueGreen:{activeSelector:'x'}",
        "an abort;3;9;9;Degraded;currentPodHash:'new',stableRS:'new',blueGreen:{activeSelector:'new'},abort:true",
        "no progress;3;9;9;Degraded;currentPodHash:'new',stableRS:'new',blueGreen:{activeSelector:'new'},conditions:"
                + "[{type:'Progressing',status:'False',reason:'ProgressDeadlineExceeded'}]"})
    void anyOtherChangeIsNotAllowed(String what, int replicas, int generation, int observed, String phase,
            String status) {
        Expectation<Release, Release> healthy = Scaling.allowed(ReleaseExpectations.healthy("2"));
        assertMet(healthy, release(2, 8, 8, "Healthy", HASHES));
        Release changed = what.equals("the template") ? of("{image:'x:2'},{image:'proxy:2'}", replicas, generation,
                observed, phase, status) : release(replicas, generation, observed, phase, status);
        assertThat(healthy.judge(changed)).as(what).isNotInstanceOf(Outcome.Met.class);
    }

    @Test
    void whatWasNeverAsExpectedIsNotAllowed() {
        assertThat(Scaling.allowed(ReleaseExpectations.healthy("2")).judge(release(3, 9, 8, "Healthy", HASHES)))
                .isInstanceOf(Outcome.NotYet.class);
    }

    @Test
    void aReleaseThatWaitsOnPreviewGoesOnWaiting() {
        String waits = "controllerPause:true,pauseConditions:[{reason:'BlueGreenPause'}],currentPodHash:'new',stableRS:"
                + "'old',blueGreen:{activeSelector:'old',previewSelector:'new'}";
        Expectation<Release, Release> preview = Scaling.allowed(ReleaseExpectations.waitsOnPreview("2"));
        assertMet(preview, release(2, 8, 8, "Paused", waits));
        assertMet(preview, release(3, 9, 8, "Paused", waits));
        assertThat(preview.judge(release(3, 9, 9, "Progressing", waits.replace("{reason:'BlueGreenPause'}", ""))))
                .as("promoted").isInstanceOf(Outcome.NotYet.class);
    }

    private static void assertMet(Expectation<Release, Release> expectation, Release release) {
        assertThat(expectation.judge(release)).isInstanceOf(Outcome.Met.class);
    }

    private static Release release(int replicas, int generation, int observed, String phase, String status) {
        return of("{image:'x:2'}", replicas, generation, observed, phase, status);
    }

    private static Release of(String containers, int replicas, int generation, int observed, String phase,
            String status) {
        return new Release(Optional.of(Rollout.parse(json("{metadata:{name:'s',uid:'u1',generation:" + generation
                + "},spec:{replicas:" + replicas + ",strategy:{blueGreen:{activeService:'a',previewService:'p'}},"
                + "template:{spec:{containers:[" + containers + "]}}},status:{observedGeneration:'" + observed
                + "',phase:'" + phase + "'," + status + "}}"))), List.of(), List.of(), List.of(), List.of());
    }
}
