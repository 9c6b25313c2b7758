package delivery.rollout;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What pods of a release need of their namespace and do not have there. */
public final class MissingReferences {

    private static final Pattern OBJECT = Pattern.compile(
            "(?i)\\b(secret|configmap) \"?([a-z0-9][a-z0-9.-]*)\"? not found");
    private static final Pattern REFUSED = Pattern.compile("(?i)\\b(401|403|unauthorized|forbidden|access denied"
            + "|authorization failed|no basic auth credentials|authentication required)\\b");

    private MissingReferences() {
    }

    /** The first object that keeps a container from being made, as it is not there. */
    public static Optional<NamespacedObject> object(Release release) {
        return problems(release).filter(problem -> problem.startsWith("CreateContainerConfigError"))
                .map(OBJECT::matcher).filter(Matcher::find).findFirst()
                .map(found -> new NamespacedObject(found.group(1).equalsIgnoreCase("secret") ? "Secret" : "ConfigMap",
                        found.group(2)));
    }

    /** Why an image is not pulled that the registry gives to nobody without credentials; the runtime's words. */
    public static Optional<String> credentials(Release release) {
        return problems(release).filter(problem -> problem.startsWith("ErrImagePull")
                        || problem.startsWith("ImagePullBackOff"))
                .filter(problem -> REFUSED.matcher(problem).find()).findFirst();
    }

    private static Stream<String> problems(Release release) {
        return release.pods().stream().filter(pod -> !pod.terminating()).map(PodState::problem);
    }
}
