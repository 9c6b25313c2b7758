package delivery.release.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.release.Overrides;
import delivery.rollout.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PoolTest {

    private static final Situation PREVIEW = WayTest.wanted("BLUE_GREEN, PREVIEW", Overrides.NONE);
    private static final Situation CANARY = WayTest.wanted("CANARY, STABLE", Overrides.NONE);
    private static final Situation FROM_THE_BEGINNING =
            new Situation(Strategy.BLUE_GREEN, Stage.PREVIEW, Overrides.NONE, true);
    private static final Standing ON_PREVIEW = new Standing(Strategy.BLUE_GREEN, Stage.PREVIEW, Overrides.NONE);
    private static final Situation PROMOTED = WayTest.wanted("CANARY, PROMOTED", Overrides.NONE);
    private static final Standing AT_A_PAUSE = new Standing(Strategy.CANARY, Stage.PAUSED, Overrides.NONE);
    private static final Standing BY_CANARY = new Standing(Strategy.CANARY, Stage.STABLE, Overrides.NONE);

    private final ExecutorService scenarios = Executors.newCachedThreadPool();
    private final BlockingQueue<String> served = new LinkedBlockingQueue<>();

    @AfterEach
    void end() {
        scenarios.shutdownNow();
    }

    @Test
    void theFirstReleaseIsMade() {
        Place<String> place = pool(1).take(PREVIEW);
        assertThat(place.release()).isEmpty();
        assertThat(place.way().moves()).containsExactly(Move.CLONE, Move.RELEASE);
    }

    @Test
    void whatWasLeftGoesToWhomItSuitsBestWhoeverAskedFirst() throws Exception {
        Pool<String> pool = pool(1);
        pool.take(PREVIEW);
        ask(pool, "canary", CANARY);
        ask(pool, "preview", PREVIEW);

        pool.giveBack("left", ON_PREVIEW);

        assertThat(served.poll(20, TimeUnit.SECONDS)).isEqualTo("preview left [] -");
        pool.giveBack("left", ON_PREVIEW);
        assertThat(served.poll(20, TimeUnit.SECONDS)).isEqualTo("canary left [PROMOTE, SWITCH] -");
    }

    @Test
    void whatWasLeftGoesToWhomItSavesMostEvenIfAnotherIsNearer() throws Exception {
        Pool<String> pool = pool(1);
        pool.take(CANARY);
        ask(pool, "nearer", CANARY);
        ask(pool, "further", WayTest.wanted("CANARY, LAST_PAUSE", Overrides.NONE));
        pool.giveBack("left", AT_A_PAUSE);
        assertThat(served.poll(20, TimeUnit.SECONDS)).isEqualTo("further left [WALK] -");
    }

    @Test
    void whoIsSavedLittleWaitsForWhatOthersUse() throws Exception {
        Pool<String> pool = pool(3);
        pool.take(PREVIEW);
        pool.take(PREVIEW);
        pool.take(CANARY);
        ask(pool, "undo", PROMOTED);

        pool.giveBack("little", ON_PREVIEW);
        assertThat(served).isEmpty();
        pool.giveBack("much", AT_A_PAUSE);

        assertThat(served.poll(20, TimeUnit.SECONDS)).isEqualTo("undo much [WALK, PROMOTE] -");
    }

    @Test
    void whoIsSavedLittleTakesWhatThereIsIfOnlyOneOtherIsUsed() throws Exception {
        Pool<String> pool = pool(2);
        pool.take(PREVIEW);
        pool.take(CANARY);
        ask(pool, "undo", PROMOTED);

        pool.giveBack("little", ON_PREVIEW);

        assertThat(served.poll(20, TimeUnit.SECONDS))
                .isEqualTo("undo little [PROMOTE, SWITCH, RELEASE, WALK, PROMOTE] -");
    }

    @Test
    void ofTwoThatItSuitsTheFirstGetsIt() throws Exception {
        Pool<String> pool = pool(1);
        pool.take(PREVIEW);
        ask(pool, "one", PREVIEW);
        ask(pool, "two", PREVIEW);
        pool.giveBack("left", ON_PREVIEW);
        assertThat(served.poll(20, TimeUnit.SECONDS)).startsWith("one ");
    }

    @Test
    void whoReadsADeploymentIsServedFirstWhereOneIsMade() throws Exception {
        Pool<String> pool = new Pool<>(1, 1, Duration.ofMillis(300));
        ask(pool, "any", PREVIEW);
        ask(pool, "reader", FROM_THE_BEGINNING);
        assertThat(served.poll(20, TimeUnit.SECONDS)).isEqualTo("reader - [CLONE, RELEASE] -");
    }

    @Test
    void whoReadsADeploymentIsServedBeforeWhoCostsLessWhereThereIsRoom() throws Exception {
        Pool<String> pool = new Pool<>(2, 1, Duration.ofMillis(300));
        ask(pool, "canary", CANARY);
        ask(pool, "reader", FROM_THE_BEGINNING);
        assertThat(served.poll(20, TimeUnit.SECONDS)).isEqualTo("reader - [CLONE, RELEASE] -");
        pool.giveBack("left", BY_CANARY);
        assertThat(served.poll(20, TimeUnit.SECONDS)).isEqualTo("canary left [] -");
    }

    @Test
    void whatWasLeftIsUsedBeforeRoomIsMadeForWhoReadsADeployment() throws Exception {
        Pool<String> pool = pool(1);
        pool.take(PREVIEW);
        ask(pool, "reader", FROM_THE_BEGINNING);
        ask(pool, "canary", CANARY);
        pool.giveBack("left", ON_PREVIEW);
        assertThat(served.poll(20, TimeUnit.SECONDS)).isEqualTo("canary left [PROMOTE, SWITCH] -");
    }

    @Test
    void roomIsMadeForWhoReadsADeployment() throws Exception {
        Pool<String> pool = pool(1);
        pool.take(PREVIEW);
        ask(pool, "reader", FROM_THE_BEGINNING);
        pool.giveBack("left", ON_PREVIEW);
        assertThat(served.poll(20, TimeUnit.SECONDS)).isEqualTo("reader - [CLONE, RELEASE] left");
        assertThat(pool.idle()).isZero();
    }

    @Test
    void whatIsGoneMakesRoom() throws Exception {
        Pool<String> pool = pool(1);
        pool.take(PREVIEW);
        ask(pool, "next", CANARY);
        assertThat(served).isEmpty();
        pool.free();
        assertThat(served.poll(20, TimeUnit.SECONDS)).isEqualTo("next - [CLONE] -");
    }

    @Test
    void noMoreAreUsedThanScenariosMayRunSideBySide() throws Exception {
        Pool<String> pool = new Pool<>(3, 1, Duration.ZERO);
        pool.take(PREVIEW);
        ask(pool, "next", CANARY);
        assertThat(served).isEmpty();
    }

    @Test
    void whoIsInterruptedTakesNoPlace() throws Exception {
        Pool<String> pool = pool(1);
        pool.take(PREVIEW);
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        Future<?> given = scenarios.submit(() -> {
            thread.complete(Thread.currentThread());
            pool.take(CANARY);
        });
        thread.get().interrupt();
        assertThatThrownBy(given::get).hasMessageContaining("interrupted while it waited for a release");
        pool.free();
        assertThat(pool.take(CANARY).release()).isEmpty();
    }

    /** Whatever is requested, in any order, each request is served, and no release is used by two at a time. */
    @Property(tries = 40)
    void eachIsServedAndNoReleaseIsUsedByTwo(@ForAll @IntRange(min = 1, max = 4) int most,
            @ForAll @IntRange(min = 1, max = 14) int number, @ForAll long seed) throws Exception {
        Pool<Integer> pool = new Pool<>(most, most, Duration.ZERO);
        Set<Integer> there = ConcurrentHashMap.newKeySet();
        Set<Integer> used = ConcurrentHashMap.newKeySet();
        AtomicInteger made = new AtomicInteger();
        List<Situation> kinds = List.of(PREVIEW, CANARY, FROM_THE_BEGINNING,
                WayTest.wanted("CANARY, PROMOTED", Overrides.NONE.withPods(3)));
        ExecutorService all = Executors.newCachedThreadPool();
        Random random = new Random(seed);
        List<Future<Boolean>> ends = random.ints(number, 0, 100).mapToObj(chance -> all.submit(() -> {
            Situation wanted = kinds.get(chance % kinds.size());
            Place<Integer> place = pool.take(wanted);
            place.dropped().ifPresent(there::remove);
            int release = place.release().orElseGet(made::incrementAndGet);
            there.add(release);
            boolean alone = used.add(release) && used.size() <= most && there.size() <= most;
            Optional<Standing> end = place.release().map(unused -> ON_PREVIEW);
            for (Move move : place.way().moves()) {
                end = move.from(move == Move.CLONE ? Optional.empty() : end, wanted).or(() -> Optional.of(BY_CANARY));
            }
            used.remove(release);
            if (chance % 5 == 0) {
                there.remove(release);
                pool.free();
            } else {
                pool.giveBack(release, chance % 2 == 0 ? ON_PREVIEW : BY_CANARY);
            }
            return alone;
        })).toList();
        for (Future<Boolean> end : ends) {
            assertThat(end.get(20, TimeUnit.SECONDS)).isTrue();
        }
        all.shutdown();
        assertThat(used).isEmpty();
    }

    private static Pool<String> pool(int most) {
        return new Pool<>(most, most, Duration.ZERO);
    }

    private void ask(Pool<String> pool, String who, Situation wanted) {
        pool.ask(wanted).thenAccept(place -> served.add(who + " " + place.release().orElse("-") + " "
                + place.way().moves() + " " + place.dropped().orElse("-")));
    }
}
