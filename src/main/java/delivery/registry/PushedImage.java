package delivery.registry;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * An image that was pushed, for one platform or for several.
 *
 * @param digest    digest of what its tag names, a manifest or an index of them: {@code sha256:…}
 * @param manifests digests of all of its manifests: that one, and those that an index names
 * @param configs   digests of their configurations, which a container runtime calls the image's id: {@code sha256:…}
 * @param command   that a person would type to get it there
 * @param at        when it was in the registry
 */
public record PushedImage(ImageName name, String digest, Set<String> manifests, Set<String> configs, String command,
        Instant at) {

    public PushedImage {
        Objects.requireNonNull(name);
        Objects.requireNonNull(digest);
        Objects.requireNonNull(at);
        manifests = Set.copyOf(manifests);
        configs = Set.copyOf(configs);
    }

    /** An image that the run built. */
    PushedImage(ImageName name, String digest, Set<String> manifests, Set<String> configs, Instant at) {
        this(name, digest, manifests, configs, "docker build --tag " + name + " . && docker push " + name, at);
    }

    /** An image for one platform. */
    public PushedImage(ImageName name, String digest, String configDigest, Instant at) {
        this(name, digest, Set.of(digest), Set.of(configDigest), at);
    }

    /** The same, which another command got there. */
    PushedImage by(String other) {
        return new PushedImage(name, digest, manifests, configs, other, at);
    }

    /**
     * Whether a container runs this image, by the {@code imageID} of its status. Container runtimes put
     * {@code repository@digest} there, of the index or of the manifest for their platform, dockershim with
     * {@code docker-pullable://} before it; the repository may be another one that holds the same manifest. One that
     * has forgotten where an image came from puts the digest of its configuration.
     */
    public boolean isRunBy(String imageId) {
        String id = imageId.substring(imageId.lastIndexOf('/') + 1);
        int at = id.indexOf('@');
        return at < 0 ? configs.contains(id) : manifests.contains(id.substring(at + 1));
    }

    /** The call that made it an image: the last of a push. */
    public String call() {
        return "PUT " + path();
    }

    String path() {
        return "/v2/" + name.repository() + "/manifests/" + name.tag();
    }
}
