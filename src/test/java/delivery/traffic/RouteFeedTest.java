package delivery.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import delivery.waiting.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RouteFeedTest {

    @Test
    void isNotTakenUpWhileTheWeightBeforeIsLikelier() {
        assertThat(tookUp(20, 60).judge(sample(24, 6)))
                .isInstanceOf(Outcome.NotYet.class);
        assertThat(tookUp(20, 60).judge(sample(13, 17))).isInstanceOf(Outcome.Met.class);
        assertThat(tookUp(0, 20).judge(sample(30, 0))).isInstanceOf(Outcome.NotYet.class);
        assertThat(tookUp(0, 20).judge(sample(25, 5))).isInstanceOf(Outcome.Met.class);
        assertThat(tookUp(60, 0).judge(sample(30, 0))).isInstanceOf(Outcome.Met.class);
    }

    @Test
    void isNotTakenUpWhileBothAreAsLikely() {
        assertThat(tookUp(40, 60).judge(sample(15, 15)))
                .isInstanceOf(Outcome.NotYet.class);
    }

    @Test
    void oneRequestAstrayIsNotOnly() {
        assertThat(RouteFeed.answersOnly("the gateway", "2").judge(sample(1, 29)))
                .isInstanceOfSatisfying(Outcome.NotYet.class, notYet -> assertThat(notYet.seen())
                        .contains("1 were answered by version 1, 29 were answered by version 2"));
        assertThat(RouteFeed.answersOnly("the gateway", "2").judge(sample(0, 30))).isInstanceOf(Outcome.Met.class);
    }

    @Test
    void anAnswerOfTheEarlierVersionBeginsTheTimeAgain() {
        AtomicReference<Duration> now = new AtomicReference<>(Duration.ZERO);
        Expectation<Sample, Sample> lasting = RouteFeed.lasting(RouteFeed.answersOnly("the gateway", "2"),
                Duration.ofSeconds(2), () -> now.get().toNanos());
        assertThat(lasting.description()).isEqualTo("the gateway answers with version 2 only, for 2 s");
        assertThat(lasting.judge(sample(0, 30))).isInstanceOf(Outcome.NotYet.class);
        now.set(Duration.ofSeconds(1));
        assertThat(lasting.judge(sample(16, 14))).isInstanceOfSatisfying(Outcome.NotYet.class, notYet ->
                assertThat(notYet.seen()).contains("16 were answered by version 1"));
        now.set(Duration.ofMillis(2100));
        assertThat(lasting.judge(sample(0, 30))).isInstanceOf(Outcome.NotYet.class);
        now.set(Duration.ofSeconds(4));
        assertThat(lasting.judge(sample(0, 30))).isInstanceOf(Outcome.NotYet.class);
        now.set(Duration.ofMillis(4100));
        assertThat(lasting.judge(sample(0, 30))).isInstanceOf(Outcome.Met.class);
    }

    /** A share of 20% and one of 21% are not told apart by 30 requests. */
    @Test
    void aLookThatDiffersDoesNotBeginTheTimeToSettleAgain() {
        AtomicReference<Duration> now = new AtomicReference<>(Duration.ZERO);
        Expectation<Sample, Sample> settled = RouteFeed.settled(tookUp(0, 20), Duration.ofSeconds(2),
                () -> now.get().toNanos());
        assertThat(settled.description()).isEqualTo("the gateway serves version 2 by 20% rather than by 0%, and 2 s"
                + " have passed since");
        assertThat(settled.judge(sample(30, 0))).isInstanceOf(Outcome.NotYet.class);
        now.set(Duration.ofSeconds(5));
        assertThat(settled.judge(sample(24, 6))).isInstanceOf(Outcome.NotYet.class);
        now.set(Duration.ofSeconds(6));
        assertThat(settled.judge(sample(30, 0))).isInstanceOf(Outcome.NotYet.class);
        now.set(Duration.ofSeconds(7));
        assertThat(settled.judge(sample(30, 0))).isInstanceOf(Outcome.Met.class);
    }

    @Test
    void onlyByNamesWhoElseAnswered() {
        assertThat(new ServedOnlyBy("the preview Service", "2", Set.of()).complaint(sample(3, 27)))
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("the preview Service", "3 were answered by version 1"));
        assertThat(new ServedOnlyBy("the preview Service", "2", Set.of()).complaint(sample(0, 30))).isEmpty();
        assertThat(new ServedOnlyBy("the preview Service", "2", Set.of("other")).complaint(sample(0, 30)))
                .hasValueSatisfying(text -> assertThat(text).contains("pods that are not of its ReplicaSet"));
        assertThat(new ServedOnlyBy("the preview Service", "2", Set.of()).complaint(new Sample(List.of()))).isPresent();
    }

    @Test
    void onlyByTellsOfEveryoneElse() {
        ServedOnlyBy onlyBy = new ServedOnlyBy("the preview Service", "2", Set.of("pod"));
        String expected = "Every one of 30 requests to the preview Service must be answered by version 2; ";
        List<Answer> answers = new ArrayList<>(sample(1, 28).answers());
        answers.add(Answer.lost(Instant.now(), "HTTP 503", Duration.ZERO));
        assertThat(onlyBy.complaint(new Sample(answers)))
                .contains(expected + "1 were answered by version 1, 1 failed (HTTP 503)");
        answers.remove(0);
        assertThat(onlyBy.complaint(new Sample(answers))).hasValueSatisfying(text -> assertThat(text)
                .isEqualTo(expected.replace("30", "29") + "1 failed (HTTP 503)"));
        assertThat(onlyBy.complaint(sample(2, 28))).contains(expected + "2 were answered by version 1");
        assertThat(onlyBy.complaint(sample(0, 30))).isEmpty();
        assertThat(new ServedOnlyBy("the preview Service", "2", Set.of("other")).complaint(sample(0, 30))).contains(
                expected + "some were answered by pods that are not of its ReplicaSet: pod");
        assertThat(onlyBy.complaint(new Sample(List.of()))).contains(expected.replace("30", "0") + "none was sent");
    }

    @Test
    void saysInWordsWhatItWaitsForAndSees() {
        assertThat(RouteFeed.answersOnly("the gateway", "2").description())
                .isEqualTo("the gateway answers with version 2 only");
        assertThat(tookUp(20, 60).description())
                .isEqualTo("the gateway serves version 2 by 60% rather than by 20%");
        Sample failed = new Sample(List.of(Answer.lost(Instant.now(), "HTTP 503", Duration.ZERO)));
        assertThat(RouteFeed.answersOnly("the gateway", "2").judge(failed))
                .isEqualTo(Outcome.notYet("of 1 requests 1 failed (HTTP 503)"));
        assertThat(tookUp(0, 60).judge(sample(1, 0)))
                .isEqualTo(Outcome.notYet("of 1 requests 1 were answered by version 1"));
    }

    @Test
    void theSameWeightIsTakenUpWhateverIsServed() {
        Sample sample = sample(25, 5);
        assertThat(tookUp(20, 20).judge(sample)).isEqualTo(Outcome.met(sample));
    }

    @Test
    @Timeout(20)
    void asksForALookAgainAndAgainUntilNobodyListens() throws InterruptedException {
        Sample seen = sample(0, 1);
        RouteFeed feed = new RouteFeed(() -> seen, "curl http://shop.test/");
        assertThat(feed.lastKnown()).isSameAs(seen);
        assertThat(feed.whereToLook()).isEqualTo("curl http://shop.test/");

        AtomicReference<Thread> clock = new AtomicReference<>();
        CountDownLatch calls = new CountDownLatch(3);
        try (Subscription subscription = feed.onChange(() -> {
            clock.set(Thread.currentThread());
            calls.countDown();
        })) {
            assertThat(subscription).isNotNull();
            assertThat(calls.await(15, TimeUnit.SECONDS)).isTrue();
            assertThat(clock.get().isDaemon()).as("nothing waits for it at the end").isTrue();
        }
        clock.get().join();
    }

    private static Sample sample(int old, int fresh) {
        List<Answer> answers = new ArrayList<>();
        for (int number = 0; number < old + fresh; number++) {
            answers.add(Endpoint.VERSION.read(Instant.now(), 200,
                    "{\"version\":\"" + (number < old ? 1 : 2) + "\",\"pod\":\"pod\"}", Map.of(),
                    Duration.ofMillis(1)));
        }
        return new Sample(answers);
    }

    private static Expectation<Sample, Sample> tookUp(int before, int asked) {
        return RouteFeed.tookUp("the gateway", "2", AskedShare.ofWeight(before), AskedShare.ofWeight(asked));
    }
}
