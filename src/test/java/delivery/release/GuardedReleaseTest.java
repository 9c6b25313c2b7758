package delivery.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.failure.EnvironmentNotFit;
import delivery.rollout.ForeignChange;
import delivery.rollout.NamespacedObject;
import delivery.rollout.PodState;
import delivery.rollout.Presence;
import delivery.rollout.Release;
import delivery.waiting.Feed;
import delivery.waiting.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GuardedReleaseTest {

    private static final String NEEDS_SECRET = "CreateContainerConfigError secret \"db\" not found";
    private static final String REFUSED = "ErrImagePull unexpected status: 401 Unauthorized";

    private final List<NamespacedObject> asked = new ArrayList<>();
    private long now;
    private String trouble = "";

    private final Feed<Release> feed = new Feed<>() {
        @Override
        public Release lastKnown() {
            return new Release(Optional.empty(), List.of(),
                    List.of(new PodState("p", "new", false, false, "", trouble, 0,
                    Optional.empty())), List.of(), List.of());
        }

        @Override
        public Subscription onChange(Runnable listener) {
            return () -> { };
        }

        @Override
        public String whereToLook() {
            return "kubectl get it";
        }
    };

    private GuardedRelease release(Presence there) {
        return new GuardedRelease(feed, new ForeignChange("us", Instant::now), need -> {
            asked.add(need);
            return there;
        }, "shop-bg-1", () -> now);
    }

    @Test
    void aSecretThatWasPutIntoTheLiveNamespaceByHandNeverComes() {
        trouble = NEEDS_SECRET;
        assertThatThrownBy(() -> release(Presence.BY_HAND).lastKnown()).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining(
                        "The pods need Secret db, which namespace shop-bg-1 does not have, but the live one has")
                .hasMessageContaining("copied into new namespaces");
    }

    @ParameterizedTest
    @EnumSource(value = Presence.class, names = {"MADE", "UNKNOWN"})
    void oneThatSomethingMakesMayComeForAWhile(Presence there) {
        trouble = NEEDS_SECRET;
        GuardedRelease release = release(there);
        release.lastKnown();
        now = Duration.ofSeconds(19).toNanos();
        release.lastKnown();
        assertThat(asked).as("one question").hasSize(1);
        now = Duration.ofSeconds(20).toNanos();
        assertThatThrownBy(release::readNow).isInstanceOf(EnvironmentNotFit.class).hasMessageContaining("Secret db");
    }

    @Test
    void oneThatTheLiveNamespaceDoesNotHaveEitherIsTheDeliverys() {
        trouble = NEEDS_SECRET;
        GuardedRelease release = release(Presence.MISSING);
        release.lastKnown();
        now = Duration.ofSeconds(60).toNanos();
        assertThatCode(release::lastKnown).doesNotThrowAnyException();
    }

    @Test
    void whatHasComeMeanwhileIsForgotten() {
        GuardedRelease release = release(Presence.MADE);
        trouble = NEEDS_SECRET;
        release.lastKnown();
        now = Duration.ofSeconds(15).toNanos();
        trouble = "";
        release.lastKnown();
        trouble = NEEDS_SECRET;
        release.lastKnown();
        now = Duration.ofSeconds(30).toNanos();
        assertThatCode(release::lastKnown).doesNotThrowAnyException();
    }

    @Test
    void aRegistryThatRefusesThePodsIsTheEnvironments() {
        trouble = REFUSED;
        GuardedRelease release = release(Presence.MISSING);
        release.lastKnown();
        now = Duration.ofSeconds(20).toNanos();
        assertThatThrownBy(release::lastKnown).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("The registry refuses the image to the pods in namespace shop-bg-1: ErrImagePull")
                .hasMessageContaining("pull secret");
        assertThat(asked).isEmpty();
    }
}
