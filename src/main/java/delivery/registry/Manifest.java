package delivery.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import delivery.failure.EnvironmentNotFit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /**
     * Platforms of an index. An attestation, which BuildKit adds for each image, is for an unknown one and no image.
     */
    Set<Platform> platforms() {
        Set<Platform> platforms = new LinkedHashSet<>();
        for (JsonNode manifest : content.path("manifests")) {
            String architecture = manifest.path("platform").path("architecture").asText(UNKNOWN);
            String os = manifest.path("platform").path("os").asText(UNKNOWN);
            if (!architecture.equals(UNKNOWN) && !os.equals(UNKNOWN)) {
                platforms.add(new Platform(architecture, os));
            }
        }
        return platforms;
    }

    /**
     * Digest of the manifest for the first platform of an index.
     *
     * @throws EnvironmentNotFit if it names none
     */
    String first(ImageName image) {
        for (JsonNode manifest : content.path("manifests")) {
            if (!manifest.path("platform").path("os").asText(UNKNOWN).equals(UNKNOWN)) {
                return manifest.path("digest").asText();
            }
        }
        throw noPlatform(image);
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
