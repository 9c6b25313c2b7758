package delivery.layout;

import java.util.ArrayList;
import java.util.List;

/** Reports the permissions that a run needs and the users of the settings lack. */
public final class AccessSurvey {

    private static final String GRANT = "; grant what src/doc/own-cluster.md lists under Permissions";

    private AccessSurvey() {
    }

    /**
     * @param cluster the accesses that the user of KUBECONFIG lacks: {@code list rollouts.argoproj.io}
     * @param argoCd  the permissions that Argo CD's user lacks: {@code applications, create}
     * @param project the project of the Application
     */
    public static List<Finding> of(List<String> cluster, List<String> argoCd, String project) {
        List<Finding> findings = new ArrayList<>();
        if (!cluster.isEmpty()) {
            findings.add(Finding.fault(Item.PERMISSIONS, "KUBECONFIG's user may not " + String.join(", ", cluster),
                    "a SelfSubjectAccessReview each, for all namespaces" + GRANT));
        }
        if (!argoCd.isEmpty()) {
            findings.add(Finding.fault(Item.PERMISSIONS, "Argo CD's user lacks " + String.join("; ", argoCd)
                    + " in the project " + project, "argocd account can-i" + GRANT));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.found(Item.PERMISSIONS, "enough", "as the API server and Argo CD say of the users"));
        }
        return findings;
    }
}
