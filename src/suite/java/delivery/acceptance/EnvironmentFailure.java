package delivery.acceptance;

import delivery.argocd.ArgoCdRefused;
import delivery.failure.EnvironmentNotFit;
import delivery.kubernetes.ApiFailure;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** Distinguishes failures of the environment from those of the suite. */
final class EnvironmentFailure {

    private static final int MOST_CAUSES = 10;

    private EnvironmentFailure() {
    }

    /** Returns the failure of the environment that caused an error; empty if there is none. */
    static Optional<EnvironmentNotFit> in(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            if (cause instanceof EnvironmentNotFit unfit) {
                return Optional.of(unfit);
            }
            if (cause instanceof KubernetesClientException refused && ofTheServer(refused)) {
                return Optional.of(new EnvironmentNotFit("The Kubernetes API failed: " + refused.getMessage(),
                        "See whether the API server is well and KUBECONFIG's user may do this", refused));
            }
            if (cause instanceof ArgoCdRefused refused && refused.forbidden()) {
                return Optional.of(new EnvironmentNotFit(refused.getMessage(), "Give the user of ARGOCD_AUTH_TOKEN, and"
                        + " the Application's project, the permissions that src/doc/own-cluster.md lists", refused));
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    /** Whether there was no answer, an unreadable one, no permission, too many requests, or a server error. */
    private static boolean ofTheServer(KubernetesClientException refused) {
        int code = refused.getCode();
        // The client has -1 if there was no answer.
        return code <= 0 && (ApiFailure.isNoAnswer(refused) || ApiFailure.isUnreadable(refused))
                || code == 401 || code == 403 || code == 429 || code >= 500;
    }
}
