package delivery.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import delivery.failure.EnvironmentNotFit;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Explains why a call of the Kubernetes API failed. */
public final class ApiFailure {

    private static final int MOST_CAUSES = 10;
    /** The transport is not on the compile path; its exception for a closed connection is not an IOException. */
    private static final String TRANSPORT = "io.vertx.";

    private ApiFailure() {
    }

    /** @param doing the attempted action: "listing the pods of shop" */
    public static EnvironmentNotFit of(String doing, Throwable error) {
        Optional<KubernetesClientException> refusal = causes(error)
                .filter(KubernetesClientException.class::isInstance)
                .map(KubernetesClientException.class::cast)
                .filter(refused -> refused.getCode() > 0)
                .findFirst();
        if (refusal.isPresent()) {
            return refused(doing, refusal.get(), error);
        }
        if (causes(error).anyMatch(cause -> cause instanceof SSLException
                || cause instanceof GeneralSecurityException)) {
            return new EnvironmentNotFit("No trusted connection to the Kubernetes API came about while " + doing + ": "
                    + reason(error), "See whether the certificates in KUBECONFIG are this cluster's and not expired",
                    error);
        }
        if (isNoAnswer(error)) {
            return new EnvironmentNotFit("The Kubernetes API did not answer while " + doing + ": " + reason(error),
                    "See whether the cluster runs and KUBECONFIG has its address", error);
        }
        return new EnvironmentNotFit("The server that answered while " + doing + " is not a Kubernetes API: "
                + reason(error),
                "See whether KUBECONFIG has the address of the API server itself", error);
    }

    /** Whether the answer was missing or incomplete: the API server may have carried out the request nevertheless. */
    public static boolean isNoAnswer(Throwable error) {
        return !isUnreadable(error) && causes(error).anyMatch(cause -> cause instanceof IOException
                || cause instanceof TimeoutException || cause.getClass().getName().startsWith(TRANSPORT));
    }

    /** Whether the answer was not one of the Kubernetes API. */
    public static boolean isUnreadable(Throwable error) {
        return causes(error).anyMatch(cause -> cause instanceof JsonProcessingException);
    }

    private static EnvironmentNotFit refused(String doing, KubernetesClientException refused, Throwable error) {
        String status = "(" + refused.getCode() + ")";
        return switch (refused.getCode()) {
            case 401 -> new EnvironmentNotFit(
                    "The Kubernetes API did not accept who is asking while " + doing + " " + status,
                    "Set KUBECONFIG to a file whose certificate or token is valid", error);
            case 403 -> new EnvironmentNotFit(
                    "KUBECONFIG's user has no permission for " + doing + " " + status + ": " + reason(refused),
                    "Grant it, or set KUBECONFIG to a user who has it", error);
            case 404 -> new EnvironmentNotFit(
                    "The Kubernetes API does not have what is needed for " + doing + " " + status,
                    "See whether the cluster has it installed; Rollouts and AnalysisRuns come with Argo Rollouts",
                    error);
            default -> new EnvironmentNotFit(
                    "The Kubernetes API failed while " + doing + " " + status + ": " + reason(refused),
                    "See whether the API server is well", error);
        };
    }

    /** Returns the innermost message; the outer ones repeat it with less detail. */
    private static String reason(Throwable error) {
        return causes(error)
                .map(cause -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage())
                .reduce((outer, inner) -> inner)
                .map(text -> text.lines().findFirst().orElse(""))
                .orElse("");
    }

    private static Stream<Throwable> causes(Throwable error) {
        return Stream.iterate(error, cause -> cause != null, Throwable::getCause).limit(MOST_CAUSES);
    }
}
