package delivery.registry;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * An image that was pushed, for one platform or for several.
 *
 * @param digest    digest of the manifest or index that its tag names: {@code sha256:…}
 * @param manifests digests of all of its manifests: that one, and those that an index names
 * @param configs   digests of their configurations, which a container runtime calls the image's id: {@code sha256:…}
 * @param command   the command by which a person would push it
 * @param at        the time at which it was in the registry
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

    /** Creates an image that the run built. */
    PushedImage(ImageName name, String digest, Set<String> manifests, Set<String> configs, Instant at) {
        this(name, digest, manifests, configs, "docker build --tag " + name + " . && docker push " + name, at);
    }

    /** Creates an image for one platform. */
    public PushedImage(ImageName name, String digest, String configDigest, Instant at) {
        this(name, digest, Set.of(digest), Set.of(configDigest), at);
    }

    /** Returns a copy that another command pushed. */
    PushedImage by(String other) {
        return new PushedImage(name, digest, manifests, configs, other, at);
    }

    /**
     * Whether a container runs this image, by the {@code imageID} of its status. Container runtimes put
     * {@code repository@digest} there, with the digest of the index or of the manifest for their platform; dockershim
     * puts {@code docker-pullable://} before it. The repository may be another one with the same manifest. A runtime
     * that no longer knows where an image came from puts the digest of its configuration.
     */
    public boolean isRunBy(String imageId) {
        String id = imageId.substring(imageId.lastIndexOf('/') + 1);
        int at = id.indexOf('@');
        return at < 0 ? configs.contains(id) : manifests.contains(id.substring(at + 1));
    }

    /** Returns the last call of a push, which created the image. */
    public String call() {
        return "PUT " + path();
    }

    String path() {
        return "/v2/" + name.repository() + "/manifests/" + name.tag();
    }
}
