package delivery.layout;

import java.util.Optional;

/**
 * The image of a container, as a Rollout has it.
 *
 * @param repository the repository with its registry, as written: {@code ghcr.io/sample-team/sample-api}
 * @param tag        empty if it has none
 * @param digest     {@code sha256:...}; empty if it has none
 */
public record ContainerImage(String container, String repository, String tag, Optional<String> digest) {

    /** Parses the image of a container; the parts that it lacks are empty. */
    public static ContainerImage of(String container, String image) {
        int at = image.indexOf('@');
        String named = at < 0 ? image : image.substring(0, at);
        int colon = named.indexOf(':', named.lastIndexOf('/') + 1);
        return new ContainerImage(container, colon < 0 ? named : named.substring(0, colon),
                colon < 0 ? "" : named.substring(colon + 1),
                at < 0 ? Optional.empty() : Optional.of(image.substring(at + 1)));
    }

    /** Whether a text is the name of the image's repository, with or without the registry. */
    boolean isOf(String text) {
        return !text.isBlank() && (repository.equals(text) || repository.endsWith("/" + text)
                || text.endsWith("/" + repository));
    }

    @Override
    public String toString() {
        return repository + (tag.isEmpty() ? "" : ":" + tag) + digest.map(pinned -> "@" + pinned).orElse("");
    }
}
