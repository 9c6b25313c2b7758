package delivery.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.waiting.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteFeedTest {

    @Test
    void isNotTakenUpWhileTheWeightBeforeIsLikelier() {
        assertThat(RouteFeed.tookUp("the gateway", "2", 20, 60).judge(sample(24, 6))).isInstanceOf(Outcome.NotYet.class);
        assertThat(RouteFeed.tookUp("the gateway", "2", 20, 60).judge(sample(13, 17))).isInstanceOf(Outcome.Met.class);
        assertThat(RouteFeed.tookUp("the gateway", "2", 0, 20).judge(sample(30, 0))).isInstanceOf(Outcome.NotYet.class);
        assertThat(RouteFeed.tookUp("the gateway", "2", 0, 20).judge(sample(25, 5))).isInstanceOf(Outcome.Met.class);
        assertThat(RouteFeed.tookUp("the gateway", "2", 60, 0).judge(sample(30, 0))).isInstanceOf(Outcome.Met.class);
    }

    @Test
    void oneRequestAstrayIsNotOnly() {
        assertThat(RouteFeed.answersOnly("the gateway", "2").judge(sample(1, 29)))
                .isInstanceOfSatisfying(Outcome.NotYet.class, notYet -> assertThat(notYet.seen()).contains("1=1", "2=29"));
        assertThat(RouteFeed.answersOnly("the gateway", "2").judge(sample(0, 30))).isInstanceOf(Outcome.Met.class);
    }

    @Test
    void onlyByNamesWhoElseAnswered() {
        assertThat(new OnlyBy("the preview Service", "2", Set.of()).complaint(sample(3, 27)))
                .hasValueSatisfying(text -> assertThat(text).contains("the preview Service", "3 were answered by version 1"));
        assertThat(new OnlyBy("the preview Service", "2", Set.of()).complaint(sample(0, 30))).isEmpty();
        assertThat(new OnlyBy("the preview Service", "2", Set.of("other")).complaint(sample(0, 30)))
                .hasValueSatisfying(text -> assertThat(text).contains("pods that are not of its ReplicaSet"));
        assertThat(new OnlyBy("the preview Service", "2", Set.of()).complaint(new Sample(List.of()))).isPresent();
    }

    private static Sample sample(int old, int fresh) {
        List<Answer> answers = new ArrayList<>();
        for (int number = 0; number < old + fresh; number++) {
            answers.add(Answer.received(Instant.now(), 200,
                    "{\"version\":\"" + (number < old ? 1 : 2) + "\",\"pod\":\"pod\"}", Duration.ofMillis(1)));
        }
        return new Sample(answers);
    }
}
