package delivery.registry;

import java.time.Instant;
import java.util.Objects;

/**
 * An image that was pushed.
 *
 * @param name         its name as Kubernetes has it
 * @param digest       digest of its manifest: {@code sha256:…}
 * @param configDigest digest of its configuration, which a container runtime calls the image's id: {@code sha256:…}
 * @param at           when it was in the registry
 */
public record PushedImage(ImageName name, String digest, String configDigest, Instant at) {

    public PushedImage {
        Objects.requireNonNull(name);
        Objects.requireNonNull(digest);
        Objects.requireNonNull(configDigest);
        Objects.requireNonNull(at);
    }

    /**
     * Whether a container runs this image, by the {@code imageID} of its status. Container runtimes put
     * {@code repository@digest of the manifest} there, dockershim with {@code docker-pullable://} before it; the
     * repository may be another one that holds the same manifest. One that has forgotten where an image came from puts
     * the digest of its configuration.
     */
    public boolean isRunBy(String imageId) {
        String id = imageId.substring(imageId.lastIndexOf('/') + 1);
        int at = id.indexOf('@');
        return at < 0 ? id.equals(configDigest) : id.substring(at + 1).equals(digest);
    }

    /** What a person would type to get it there. */
    public String command() {
        return "docker build --tag " + name + " . && docker push " + name;
    }

    /** The call that made it an image: the last of a push. */
    public String call() {
        return "PUT " + path();
    }

    String path() {
        return "/v2/" + name.repository() + "/manifests/" + name.tag();
    }
}
