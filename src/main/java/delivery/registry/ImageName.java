package delivery.registry;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import java.util.Optional;

/**
 * The name of an image as Kubernetes has it.
 *
 * @param registry   host of the registry, with its port if it has one: {@code ghcr.io}
 * @param repository name in the registry: {@code sample-team/sample-api}
 * @param tag        its tag
 */
public record ImageName(String registry, String repository, String tag) {

    /** @throws IllegalArgumentException if a part is not what a registry allows */
    public ImageName {
        if (!ImageReference.isValidRegistry(registry) || !ImageReference.isValidRepository(repository)
                || !ImageReference.isValidTag(tag)) {
            throw new IllegalArgumentException(
                    "no name of an image: " + registry + "/" + repository + ":" + tag);
        }
    }

    /**
     * Reads {@code registry/repository:tag}; without a registry it is Docker Hub's, without a tag {@code latest}.
     *
     * @throws IllegalArgumentException if it is no name of an image, or names one by its digest
     */
    public static ImageName parse(String name) {
        try {
            ImageReference reference = ImageReference.parse(name);
            Optional<String> digest = reference.getDigest();
            if (digest.isPresent()) {
                throw new IllegalArgumentException("an image named by a tag is needed: " + name);
            }
            return new ImageName(reference.getRegistry(), reference.getRepository(), reference.getQualifier());
        } catch (InvalidImageReferenceException e) {
            throw new IllegalArgumentException("no name of an image: " + name, e);
        }
    }

    /** The same repository's image of another tag. */
    public ImageName withTag(String other) {
        return new ImageName(registry, repository, other);
    }

    @Override
    public String toString() {
        return registry + "/" + repository + ":" + tag;
    }
}
