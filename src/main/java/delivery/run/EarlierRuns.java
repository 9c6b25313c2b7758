package delivery.run;

import delivery.argocd.ArgoCdRefused;
import delivery.console.Console;
import delivery.environment.Platform;
import delivery.failure.EnvironmentNotFit;
import delivery.kubernetes.ApiFailure;
import delivery.kubernetes.ProcessIdentity;
import delivery.kubernetes.RunNamespaces;
import delivery.text.OwnershipLabels;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Set;

/** Removes everything that earlier runs left on the platform after their processes ended. */
record EarlierRuns(Platform platform, Console console) {

    /** @param run id of this run, whose own objects are kept */
    void sweep(String run) {
        try {
            ProcessIdentity self = ProcessIdentity.self();
            // Applications first: they would recreate whatever is removed with the namespaces.
            platform.argoCd().labelled(OwnershipLabels.MANAGED_BY, OwnershipLabels.OWNER)
                    .forEach((name, annotations) -> {
                if (ProcessIdentity.isGone(annotations, self) && platform.argoCd().delete(name)) {
                    console.say("removed what an earlier run left: Application " + name);
                }
            });
            RunNamespaces.sweep(platform.cluster().client(), Set.of(run))
                    .forEach(name -> console.say("removed what an earlier run left: namespace " + name));
        } catch (KubernetesClientException refused) {
            throw ApiFailure.of("looking for what earlier runs left", refused);
        } catch (ArgoCdRefused refused) {
            throw new EnvironmentNotFit(refused.getMessage(),
                    "Give the user of ARGOCD_AUTH_TOKEN the role that src/doc/own-cluster.md lists", refused);
        }
    }
}
