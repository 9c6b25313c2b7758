package delivery.release;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.registry.ImageName;
import delivery.registry.PushedImage;
import delivery.rollout.PodState;
import delivery.rollout.ReleaseFixture;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodImagesTest {

    private static final PodImages IMAGES = new PodImages(new PushedImage(ImageName.parse("ghcr.io/o/shop:2"),
            "sha256:a", "sha256:c", Instant.EPOCH));

    private static PodState pod(String name, String imageId) {
        return PodState.parse(ReleaseFixture.json("{metadata:{name:'" + name + "'},status:{"
                + "containerStatuses:[{imageID:'" + imageId + "',state:{}}]}}"));
    }

    @Test
    void everyPodMustRunIt() {
        PodState right = pod("a", "ghcr.io/o/shop@sha256:a");
        assertThat(IMAGES.complaint(List.of(right, pod("b", "sha256:c")))).isEmpty();
        assertThat(IMAGES.complaint(List.of(right, pod("b", "ghcr.io/o/shop@sha256:b"))))
                .contains("Pod b runs ghcr.io/o/shop@sha256:b, pushed was sha256:a");
        assertThat(IMAGES.complaint(List.of())).contains("No pod runs ghcr.io/o/shop:2");
    }

    @Test
    void theRegistryMustHoldItUnderItsTag() {
        assertThat(IMAGES.complaint(Optional.of("sha256:a"))).isEmpty();
        assertThat(IMAGES.complaint(Optional.of("sha256:b"))).contains("The digest that the registry has under"
                + " ghcr.io/o/shop:2 is sha256:b, it was pushed as sha256:a");
        assertThat(IMAGES.complaint(Optional.<String>empty())).hasValueSatisfying(why ->
                assertThat(why).startsWith("The registry does not have ghcr.io/o/shop:2"));
    }
}
