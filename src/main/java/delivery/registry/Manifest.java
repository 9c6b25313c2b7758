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
 * A manifest of an image, or an index of manifests for several platforms, by the <a
 * href="https://github.com/opencontainers/image-spec/blob/main/image-index.md">image specification</a>.
 *
 * @param digest the digest computed from the registry's answer: {@code sha256:…}
 */
record Manifest(String digest, JsonNode content) {

    private static final String UNKNOWN = "unknown";

    /** Whether it is an index, which names the manifests of several platforms. */
    boolean isIndex() {
        return content.path("manifests").isArray();
    }

    /** Returns the digests of an index's manifests. */
    List<String> manifests() {
        return content.path("manifests").valueStream().map(manifest -> manifest.path("digest").asText()).toList();
    }

    /** Returns an index's platforms. BuildKit's attestations, which are not images, have the platform "unknown". */
    Set<Platform> platforms() {
        return content.path("manifests").valueStream().map(manifest -> manifest.path("platform"))
                .map(platform -> new Platform(platform.path("architecture").asText(UNKNOWN),
                        platform.path("os").asText(UNKNOWN)))
                .filter(platform -> !platform.getArchitecture().equals(UNKNOWN) && !platform.getOs().equals(UNKNOWN))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Returns the digest of an index's first manifest for a platform; EnvironmentNotFit if it has none. */
    String first(ImageName image) {
        return content.path("manifests").valueStream()
                .filter(manifest -> !manifest.path("platform").path("os").asText(UNKNOWN).equals(UNKNOWN))
                .map(manifest -> manifest.path("digest").asText()).findFirst().orElseThrow(() -> noPlatform(image));
    }

    static EnvironmentNotFit noPlatform(ImageName image) {
        return new EnvironmentNotFit("The index that " + image + " is names no platform",
                "Push it for the platforms of the cluster's nodes, such as linux/amd64");
    }

    /** Returns the digest of an image's configuration. */
    Optional<String> config() {
        return Optional.of(content.path("config").path("digest").asText()).filter(digest -> !digest.isEmpty());
    }
}
