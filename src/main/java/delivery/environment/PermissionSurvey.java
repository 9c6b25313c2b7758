package delivery.environment;

import delivery.argocd.AccountPermissions;
import delivery.argocd.ArgoCdRefused;
import delivery.failure.EnvironmentNotFit;
import delivery.kubernetes.Access;
import delivery.kubernetes.AccessReviews;
import delivery.layout.AccessSurvey;
import delivery.layout.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Asks the API server and Argo CD whether the users of the settings have the permissions that a run needs. Changes
 * nothing.
 */
public final class PermissionSurvey {

    private PermissionSurvey() {
    }

    /**
     * One finding for each user who lacks a permission; a single finding that nothing is missing if nobody does.
     *
     * @param project the project of the live Application
     */
    public static List<Finding> of(Platform platform, String project) {
        AccessReviews cluster = new AccessReviews(platform.cluster().client());
        AccountPermissions argoCd = platform.argoCd().permissions();
        String copy = project + "/" + platform.settings().application() + "-copy";
        try (ParallelReads reads = new ParallelReads()) {
            List<Supplier<List<String>>> ofCluster = needed(platform).map(access -> reads.begin(() ->
                    cluster.denies(access) ? List.of(access.toString()) : List.<String>of())).toList();
            List<Supplier<List<String>>> ofArgoCd = Stream.of("get", "create", "update", "delete").map(action ->
                    reads.begin(() -> denied(argoCd, action, copy))).toList();
            return AccessSurvey.of(all(ofCluster), all(ofArgoCd), project);
        }
    }

    private static Stream<Access> needed(Platform platform) {
        return Stream.concat(Access.needed().stream(), platform.settings().copy().stream()
                .map(object -> new Access("create", "", object.resource())).distinct());
    }

    private static List<String> denied(AccountPermissions argoCd, String action, String copy) {
        try {
            return argoCd.may("applications", action, copy) ? List.of() : List.of("applications, " + action);
        } catch (ArgoCdRefused | EnvironmentNotFit unavailable) {
            return List.of();
        }
    }

    private static List<String> all(List<Supplier<List<String>>> answers) {
        List<String> all = new ArrayList<>();
        answers.forEach(answer -> all.addAll(answer.get()));
        return all;
    }
}
