package delivery.registry;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import java.util.Optional;

/**
 * The name of an image, as in Kubernetes.
 *
 * @param registry   host of the registry, with its port if it has one: {@code ghcr.io}
 * @param repository name in the registry: {@code sample-team/sample-api}
 * @param digest     digest of the manifest that pins it, which takes precedence over the tag: {@code sha256:…}
 */
public record ImageName(String registry, String repository, String tag, Optional<String> digest) {

    /** @throws IllegalArgumentException if a part is not what a registry allows */
    public ImageName {
        if (!ImageReference.isValidRegistry(registry) || !ImageReference.isValidRepository(repository)
                || !ImageReference.isValidTag(tag)
                || !digest.map(ImageReference::isValidDigest).orElse(true)) {
            throw new IllegalArgumentException("no name of an image: " + registry + "/" + repository + ":" + tag
                    + digest.map(pinned -> "@" + pinned).orElse(""));
        }
    }

    /** @throws IllegalArgumentException if a part is not what a registry allows */
    public ImageName(String registry, String repository, String tag) {
        this(registry, repository, tag, Optional.empty());
    }

    /**
     * Parses {@code registry/repository:tag}, which may be pinned by {@code @sha256:…}. The default registry is Docker
     * Hub, the default tag {@code latest}.
     *
     * @throws IllegalArgumentException if it is not the name of an image, or names one only by its digest
     */
    public static ImageName parse(String name) {
        try {
            ImageReference reference = ImageReference.parse(name);
            Optional<String> digest = reference.getDigest();
            String tag = reference.getTag().orElseThrow(() ->
                    new IllegalArgumentException("an image named by a tag is needed: " + name));
            return new ImageName(reference.getRegistry(), reference.getRepository(), tag, digest);
        } catch (InvalidImageReferenceException e) {
            throw new IllegalArgumentException("no name of an image: " + name, e);
        }
    }

    /** Returns the image of the same repository with another tag, which is not pinned. */
    public ImageName withTag(String other) {
        return new ImageName(registry, repository, other);
    }

    /** Returns the reference for a registry: the digest that pins the image, or else its tag. */
    String qualifier() {
        return digest.orElse(tag);
    }

    @Override
    public String toString() {
        return registry + "/" + repository + ":" + tag + digest.map(pinned -> "@" + pinned).orElse("");
    }
}
