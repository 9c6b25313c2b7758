package delivery.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNameTest {

    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final String CONFIG = "sha256:" + "c".repeat(64);

    private final PushedImage image = new PushedImage(
            ImageName.parse("ghcr.io/sample-team/sample-api:1.0.1"), DIGEST, CONFIG, Instant.EPOCH);

    @ParameterizedTest
    @CsvSource({
        "ghcr.io/sample-team/sample-api:1.0.0, ghcr.io, sample-team/sample-api, 1.0.0",
        "localhost:5000/sample-api:1.0.0, localhost:5000, sample-api, 1.0.0",
        "ghcr.io/sample-team/sample-api, ghcr.io, sample-team/sample-api, latest",
        "sample-api:2, registry-1.docker.io, library/sample-api, 2"})
    void aNameHasThreeParts(String name, String registry, String repository, String tag) {
        assertThat(ImageName.parse(name)).isEqualTo(new ImageName(registry, repository, tag));
        assertThat(ImageName.parse(name).withTag("9")).hasToString(registry + "/" + repository + ":9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GHCR.io/UPPER:1", "ghcr.io/a:b:c", "ghcr.io/a:-", "ghcr.io/a@sha256:1",
            "ghcr.io/a:1@sha256:1",
        "ghcr.io/a:1@sha512:1"})
    void whatIsNoNameIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> ImageName.parse(name));
    }

    @Test
    void aTagMayBePinnedByADigest() {
        ImageName pinned = ImageName.parse("ghcr.io/sample-team/sample-api:1.0.0@" + DIGEST);

        assertThat(pinned.tag()).isEqualTo("1.0.0");
        assertThat(pinned.digest()).contains(DIGEST);
        assertThat(pinned).hasToString("ghcr.io/sample-team/sample-api:1.0.0@" + DIGEST);
        assertThat(pinned.withTag("1.1.0")).as("another image").isEqualTo(
                ImageName.parse("ghcr.io/sample-team/sample-api:1.1.0"));
        assertThat(ImageName.parse("ghcr.io/sample-team/sample-api:1.0.0").digest()).isEmpty();
    }

    @Test
    void anImageNamedByItsDigestAloneIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ImageName.parse("ghcr.io/a@" + DIGEST))
                .withMessageContaining("tag");
    }

    @Test
    void aPodMayRunTheImageOfItsNodesPlatform() {
        PushedImage index = new PushedImage(image.name(), DIGEST, Set.of(DIGEST, "sha256:1", "sha256:2"),
                Set.of("sha256:3", "sha256:4"), Instant.EPOCH);
        for (String id : List.of("ghcr.io/a@" + DIGEST, "ghcr.io/a@sha256:2", "sha256:4", "docker://sha256:3")) {
            assertThat(index.isRunBy(id)).as(id).isTrue();
        }
        for (String id : List.of("ghcr.io/a@sha256:3", "sha256:1", "ghcr.io/a@sha256:5", "")) {
            assertThat(index.isRunBy(id)).as(id).isFalse();
        }
    }

    @Test
    void aPodsImageIdNamesTheImageItRuns() {
        assertThat(image.isRunBy("ghcr.io/sample-team/sample-api@" + DIGEST)).isTrue();
        assertThat(image.isRunBy("docker-pullable://ghcr.io/sample-team/sample-api@" + DIGEST)).isTrue();
        assertThat(image.isRunBy("localhost:5000/other@" + DIGEST)).isTrue();
        assertThat(image.isRunBy(CONFIG)).isTrue();
        assertThat(image.isRunBy("docker://" + CONFIG)).isTrue();

        assertThat(image.isRunBy("")).isFalse();
        assertThat(image.isRunBy("ghcr.io/sample-team/sample-api:1.0.1")).isFalse();
        assertThat(image.isRunBy("ghcr.io/sample-team/sample-api@" + CONFIG)).isFalse();
        assertThat(image.isRunBy("ghcr.io/sample-team/sample-api@" + DIGEST + "0")).isFalse();
    }
}
