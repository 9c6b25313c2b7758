package delivery.release;

import delivery.registry.PushedImage;
import delivery.rollout.PodState;
import java.util.List;
import java.util.Optional;

/** Checks whether pods run the image that was pushed, because its tag may have been moved to another image since. */
public record PodImages(PushedImage pushed) {

    /** The first pod that runs another image, in a sentence; empty if all run this one. */
    public Optional<String> complaint(List<PodState> pods) {
        return pods.isEmpty() ? Optional.of("No pod runs " + pushed.name())
                : pods.stream().filter(pod -> !pushed.isRunBy(pod.imageId())).findFirst().map(pod -> "Pod " + pod.name()
                        + " runs " + pod.imageId() + ", pushed was " + pushed.digest());
    }

    /** The reason why the registry, which has this digest for the tag, does not hold the image; empty if it does. */
    public Optional<String> complaint(Optional<String> held) {
        return held.filter(pushed.digest()::equals).isPresent() ? Optional.empty()
                : Optional.of(held.map(digest -> "The digest that the registry has under " + pushed.name() + " is "
                        + digest + ", it was pushed as " + pushed.digest())
                        .orElse("The registry does not have " + pushed.name() + ", which it took a moment ago"));
    }
}
