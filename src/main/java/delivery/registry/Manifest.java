package delivery.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import delivery.failure.EnvironmentNotFit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A manifest of an image, or an index of manifests for several platforms, by the
 * <a href="https://github.com/opencontainers/image-spec/blob/main/image-index.md">image specification</a>.
 *
 * @param digest that was computed from what a registry sent: {@code sha256:…}
 */
record Manifest(String digest, JsonNode content) {

    private static final String UNKNOWN = "unknown";

    /** Whether it names the manifests of other platforms. */
    boolean isIndex() {
        return content.path("manifests").isArray();
    }

    /** Digests of the manifests of an index. */
    List<String> manifests() {
        return content.path("manifests").valueStream().map(manifest -> manifest.path("digest").asText()).toList();
    }

    /** Platforms of an index. An attestation, which BuildKit adds for each image, is for an unknown one, no image. */
    Set<Platform> platforms() {
        return content.path("manifests").valueStream().map(manifest -> manifest.path("platform"))
                .map(platform -> new Platform(platform.path("architecture").asText(UNKNOWN),
                        platform.path("os").asText(UNKNOWN)))
                .filter(platform -> !platform.getArchitecture().equals(UNKNOWN) && !platform.getOs().equals(UNKNOWN))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Digest of the manifest for an index's first platform; EnvironmentNotFit if it names none. */
    String first(ImageName image) {
        return content.path("manifests").valueStream()
                .filter(manifest -> !manifest.path("platform").path("os").asText(UNKNOWN).equals(UNKNOWN))
                .map(manifest -> manifest.path("digest").asText()).findFirst().orElseThrow(() -> noPlatform(image));
    }

    static EnvironmentNotFit noPlatform(ImageName image) {
        return new EnvironmentNotFit("The index that " + image + " is names no platform",
                "Push it for the platforms of the cluster's nodes, such as linux/amd64");
    }

    /** Digest of the configuration of an image. */
    Optional<String> config() {
        return Optional.of(content.path("config").path("digest").asText()).filter(digest -> !digest.isEmpty());
    }
}
