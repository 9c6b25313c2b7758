package delivery.rollout;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds objects that the pods of a release need and that their namespace does not have. */
public final class MissingReferences {

    private static final Pattern OBJECT = Pattern.compile(
            "(?i)\\b(secret|configmap) \"?([a-z0-9][a-z0-9.-]*)\"? not found");
    private static final Pattern REFUSED = Pattern.compile("(?i)\\b(401|403|unauthorized|forbidden|access denied"
            + "|authorization failed|no basic auth credentials|authentication required)\\b");

    private MissingReferences() {
    }

    /** Returns the first missing object that prevents a container from being created. */
    public static Optional<NamespacedObject> object(Release release) {
        return problems(release).filter(problem -> problem.startsWith("CreateContainerConfigError"))
                .map(OBJECT::matcher).filter(Matcher::find).findFirst()
                .map(found -> new NamespacedObject(found.group(1).equalsIgnoreCase("secret") ? "Secret" : "ConfigMap",
                        found.group(2)));
    }

    /** Returns the runtime's message about an image that the registry does not serve without credentials. */
    public static Optional<String> credentials(Release release) {
        return problems(release).filter(problem -> problem.startsWith("ErrImagePull")
                        || problem.startsWith("ImagePullBackOff"))
                .filter(problem -> REFUSED.matcher(problem).find()).findFirst();
    }

    private static Stream<String> problems(Release release) {
        return release.pods().stream().filter(pod -> !pod.terminating()).map(PodState::problem);
    }
}
