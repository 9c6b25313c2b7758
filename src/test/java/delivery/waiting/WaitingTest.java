package delivery.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.failure.EnvironmentNotFit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class WaitingTest {

    private final AtomicLong now = new AtomicLong();
    private final List<String> progress = new ArrayList<>();
    private final Waiting waiting = new Waiting(1.0,
            (what, elapsed, lastSeen) -> progress.add(what + " " + elapsed.toSeconds() + "s " + lastSeen), now::get);

    /** A feed in which one second passes with every look, and a change follows each look; no real time is needed. */
    private class Scripted implements Feed<Integer> {

        private final Listeners listeners = new Listeners();
        private final IntFunction<Integer> script;
        private int looks;

        Scripted(IntFunction<Integer> script) {
            this.script = script;
        }

        @Override
        public Integer lastKnown() {
            Integer state = script.apply(looks++);
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            listeners.changed();
            return state;
        }

        @Override
        public Subscription onChange(Runnable listener) {
            return listeners.add(listener);
        }

        @Override
        public String whereToLook() {
            return "kubectl get it";
        }
    }

    private static Expectation<Integer, String> is(int expected) {
        return Expectation.of("it is " + expected, state -> {
            if (state > expected) {
                return Outcome.impossible("it went past to " + state);
            }
            return state == expected ? Outcome.met("found " + state) : Outcome.notYet("it was " + state);
        });
    }

    @Test
    void aStateThatIsAsExpectedIsReturnedAtOnce() {
        Scripted feed = new Scripted(look -> 3);
        assertThat(waiting.until(feed, is(3), WaitLimit.RECONCILE)).isEqualTo("found 3");
        assertThat(feed.looks).isEqualTo(1);
    }

    @Test
    void aStateIsJudgedAfterEachChange() {
        assertThat(waiting.until(new Scripted(look -> look), is(7), WaitLimit.RECONCILE)).isEqualTo("found 7");
    }

    @Test
    void aTimeoutTellsWhatWasExpectedWhatWasSeenAndHowToLook() {
        assertThatThrownBy(() -> waiting.until(new Scripted(look -> look < 3 ? 1 : 2), is(5), WaitLimit.RECONCILE))
                .isInstanceOf(NotMet.class)
                .hasMessage("""
                        Expected: it is 5
                        Last seen: it was 2
                        Seen on the way:
                          +1.0s it was 1
                          +4.0s it was 2
                        Waited: 31.0s of 30.0s
                        Look: kubectl get it""");
    }

    @Test
    void whatCannotHappenAnyMoreFailsAtOnceWithTheReasonFirst() {
        Scripted feed = new Scripted(look -> look == 0 ? 1 : 9);
        assertThatThrownBy(() -> waiting.until(feed, is(5), WaitLimit.SYNC))
                .isInstanceOf(NotMet.class)
                .hasMessageStartingWith("it went past to 9\nExpected: it is 5\nSeen on the way:\n  +1.0s it was 1");
        assertThat(feed.looks).isEqualTo(2);
    }

    @Test
    void patienceMultipliesTheLimit() {
        Waiting patient = new Waiting(2.0, (what, elapsed, lastSeen) -> { }, now::get);
        assertThat(patient.until(new Scripted(look -> look), is(55), WaitLimit.RECONCILE)).isEqualTo("found 55");
        assertThatThrownBy(() -> patient.until(new Scripted(look -> 0), is(1), WaitLimit.RECONCILE))
                .hasMessageContaining("of 60.0s");
    }

    @Test
    void theSlowestWaitOfEachKindIsRememberedOfEachWhoWaited() {
        Waiting first = waiting.by("BG-1");
        first.until(new Scripted(look -> look), is(3), WaitLimit.SYNC);
        first.until(new Scripted(look -> look), is(7), WaitLimit.SYNC);
        first.until(new Scripted(look -> look), is(2), WaitLimit.SYNC);
        first.until(new Scripted(look -> look), is(1), WaitLimit.ROUTE);
        assertThatThrownBy(() -> waiting.by("CAN-1").until(new Scripted(look -> 0), is(1), WaitLimit.RECONCILE))
                .isInstanceOf(NotMet.class);

        assertThat(waiting.slowest()).containsExactly(
                new WaitRecord("BG-1", WaitLimit.SYNC, Duration.ofSeconds(8), Duration.ofSeconds(60)),
                new WaitRecord("BG-1", WaitLimit.ROUTE, Duration.ofSeconds(2), Duration.ofSeconds(30)),
                new WaitRecord("CAN-1", WaitLimit.RECONCILE, Duration.ofSeconds(31), Duration.ofSeconds(30)));
    }

    @Test
    void aLongWaitIsReportedAfterFiveSecondsAndThenEveryFifteen() {
        waiting.until(new Scripted(look -> look), is(40), WaitLimit.SYNC);
        assertThat(progress).containsExactly(
                "it is 40 5s it was 4", "it is 40 20s it was 19", "it is 40 35s it was 34");
    }

    @Test
    void aWaitIsReportedFromItsBeginToItsEndHoweverItEnds() {
        List<String> reported = new ArrayList<>();
        Waiting reporting = new Waiting(1.0, new Progress() {
            @Override
            public void began(String what) {
                reported.add("began: " + what);
            }

            @Override
            public void saw(String lastSeen) {
                reported.add("saw: " + lastSeen);
            }

            @Override
            public void waitingFor(String what, Duration elapsed, String lastSeen) {
                reported.add("lasts");
            }

            @Override
            public void ended() {
                reported.add("ended");
            }
        }, now::get);

        reporting.until(new Scripted(look -> 3), is(3), WaitLimit.RECONCILE);
        assertThat(reported).as("told of what was so at once").isEmpty();

        reporting.until(new Scripted(look -> look < 2 ? 1 : look), is(3), WaitLimit.RECONCILE);
        assertThat(reported).containsExactly("began: it is 3", "saw: it was 1", "saw: it was 2", "ended");

        reported.clear();
        assertThatThrownBy(() -> reporting.until(new Scripted(look -> look < 2 ? 1 : 9), is(3), WaitLimit.RECONCILE))
                .isInstanceOf(NotMet.class);
        assertThat(reported).containsExactly("began: it is 3", "saw: it was 1", "ended");

        reported.clear();
        reporting.throughout(new Scripted(look -> 3), is(3), Duration.ofSeconds(2));
        assertThat(reported).containsExactly("began: it is 3, throughout 2.0s", "saw: so, up to now", "ended");
    }

    @Test
    void theStoryOfAFlappingStateIsBounded() {
        assertThatThrownBy(() -> waiting.until(new Scripted(look -> -look), is(5), WaitLimit.AVAILABLE))
                .hasMessageContaining("+20.0s it was -19\n  … 81 more …\n  +102.0s it was -101")
                .hasMessageContaining("Last seen: it was -120");
    }

    @Test
    void aBrokenFeedIsNoFailedCriterion() {
        Scripted feed = new Scripted(look -> {
            throw new IllegalStateException("the watch ended");
        });
        assertThatThrownBy(() -> waiting.until(feed, is(1), WaitLimit.SYNC))
                .isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("the watch ended").hasMessageContaining("kubectl get it")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void aFeedThatSaysWhyItIsNotFitIsBelieved() {
        EnvironmentNotFit unfit = new EnvironmentNotFit("Argo CD could not be followed", "See whether it runs");
        Scripted feed = new Scripted(look -> {
            throw unfit;
        });
        assertThatThrownBy(() -> waiting.until(feed, is(1), WaitLimit.SYNC)).isSameAs(unfit);
        assertThatThrownBy(() -> waiting.throughout(feed, is(1), Duration.ofSeconds(5))).isSameAs(unfit);
    }

    @Test
    void aFeedIsNotListenedToAfterTheWait() {
        AtomicInteger heard = new AtomicInteger();
        Scripted feed = new Scripted(look -> look) {
            @Override
            public Subscription onChange(Runnable listener) {
                return super.onChange(() -> {
                    heard.incrementAndGet();
                    listener.run();
                });
            }
        };
        waiting.until(feed, is(1), WaitLimit.SYNC);
        waiting.throughout(feed, is(2), Duration.ZERO);
        assertThat(heard).hasValue(3);
        feed.lastKnown();
        assertThat(heard).as("heard of a change after the waits").hasValue(3);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN})
    void withoutPatienceThereIsNoWait(double patience) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Waiting(patience, (what, elapsed, lastSeen) -> { }));
    }

    @Test
    void aStateThatIsSeenAgainIsNewsAgainAndNothingIsLeftOutOfForty() {
        assertThatThrownBy(() -> waiting.until(new Scripted(look -> look < 39 ? look % 2 : 9), is(5), WaitLimit.SYNC))
                .message().doesNotContain("more").satisfies(message ->
                        assertThat(message.lines().filter(line -> line.startsWith("  +"))).hasSize(40));
    }

    @Test
    void aStateMustHoldForTheWholeDuration() {
        Scripted held = new Scripted(look -> 4);
        waiting.throughout(held, is(4), Duration.ofSeconds(5));
        assertThat(held.looks).isEqualTo(6);

        assertThatThrownBy(() -> waiting.throughout(
                new Scripted(look -> look == 3 ? 0 : 4), is(4), Duration.ofSeconds(5)))
                .isInstanceOf(NotMet.class)
                .hasMessageStartingWith("it was 0\nExpected: it is 4, throughout 5.0s")
                .hasMessageContaining("+4.0s it was 0");
        assertThatThrownBy(() -> waiting.throughout(
                new Scripted(look -> look == 2 ? 9 : 4), is(4), Duration.ofSeconds(5)))
                .isInstanceOf(NotMet.class)
                .hasMessageStartingWith("it went past to 9\nExpected: it is 4, throughout 5.0s");
    }

    @Test
    void aLongWatchIsReportedToo() {
        waiting.throughout(new Scripted(look -> 4), is(4), Duration.ofSeconds(22));
        assertThat(progress).containsExactly(
                "it is 4, throughout 22.0s 5s so, up to now",
                "it is 4, throughout 22.0s 20s so, up to now");
    }

    @Test
    void anExpectationIsCalledWhatItExpects() {
        assertThat(is(3)).hasToString("it is 3");
    }

    @Test
    void whatRanOutOfTimeIsNotForGoodAndWhatIsImpossibleIs() {
        assertThatThrownBy(() -> waiting.until(new Scripted(look -> 1), is(5), WaitLimit.RECONCILE))
                .isInstanceOfSatisfying(NotMet.class, notMet -> assertThat(notMet.isForGood()).isFalse());
        assertThatThrownBy(() -> waiting.until(new Scripted(look -> 6), is(5), WaitLimit.RECONCILE))
                .isInstanceOfSatisfying(NotMet.class, notMet -> assertThat(notMet.isForGood()).isTrue());
    }

    @Test
    void whatSaysItselfThatThePlatformDidNotWorkIsTheEnvironmentWhenTheTimeIsOver() {
        Expectation<Integer, String> hindered =
                Expectation.of("it is synced", state -> state == 9 ? Outcome.met("synced")
                : state < 3 ? Outcome.notYet("not yet") : Outcome.platformDown("the repo server did not answer"));

        assertThatThrownBy(() -> waiting.until(new Scripted(look -> 3), hindered, WaitLimit.RECONCILE))
                .isInstanceOf(EnvironmentNotFit.class).hasMessageContaining("it is synced")
                .hasMessageContaining("the repo server did not answer");
        assertThatThrownBy(() -> waiting.until(new Scripted(look -> look < 5 ? 3 : 1), hindered, WaitLimit.RECONCILE))
                .as("it was over by the end").isInstanceOf(NotMet.class);
        assertThat(waiting.until(new Scripted(look -> look < 5 ? 3 : 9), hindered, WaitLimit.RECONCILE))
                .isEqualTo("synced");
    }

    @Test
    void aChangeWakesTheWaitAndASilentFeedIsLookedAtEverySecond() {
        Waiting real = new Waiting(1.0, (what, elapsed, lastSeen) -> { });
        long start = System.nanoTime();
        Feed<Integer> silent = feed(() -> System.nanoTime() - start > 500_000_000L ? 1 : 0);
        assertThat(real.until(silent, is(1), WaitLimit.RECONCILE)).isEqualTo("found 1");
        assertThat(System.nanoTime() - start).isLessThan(3_000_000_000L);
    }

    @Test
    void anInterruptEndsTheWaitAndStaysVisible() throws InterruptedException {
        CountDownLatch looked = new CountDownLatch(1);
        List<Object> end = new ArrayList<>();
        Thread thread = new Thread(() -> {
            try {
                new Waiting(1.0, (what, elapsed, lastSeen) -> { }).until(feed(() -> {
                    looked.countDown();
                    return 0;
                }), is(1), WaitLimit.SYNC);
            } catch (WaitInterrupted interrupted) {
                end.add(interrupted.getMessage());
                end.add(Thread.currentThread().isInterrupted());
            }
        });
        thread.start();
        looked.await();
        thread.interrupt();
        thread.join();
        assertThat(end).containsExactly("interrupted while waiting for: it is 1", true);
    }

    private static Feed<Integer> feed(Supplier<Integer> state) {
        return new Feed<>() {
            @Override
            public Integer lastKnown() {
                return state.get();
            }

            @Override
            public Subscription onChange(Runnable listener) {
                return () -> { };
            }

            @Override
            public String whereToLook() {
                return "nowhere";
            }
        };
    }

    @Test
    void whatSaysThatItTakesLongerIsWaitedForLonger() {
        String met =
                waiting.until(new Scripted(look -> look), is(100), WaitLimit.ROUTE, state -> Duration.ofSeconds(90));
        assertThat(met).isNotNull();
        assertThat(waiting.slowest()).singleElement().extracting(WaitRecord::atMost).isEqualTo(Duration.ofSeconds(120));
    }

    @Test
    void theMostThatAnyStateSaidCounts() {
        assertThatThrownBy(() -> waiting.until(new Scripted(look -> look), is(1_000), WaitLimit.ROUTE,
                state -> Duration.ofSeconds(state == 3 ? 20 : 0))).isInstanceOf(NotMet.class)
                .hasMessageContaining("of 50.0s");
    }
}
