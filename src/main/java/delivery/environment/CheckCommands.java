package delivery.environment;

import delivery.registry.ImageName;
import delivery.settings.Settings;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The commands that a person would type for the calls of each check, for the Session History.
 *
 * @param namespace the namespace of the Rollout that was created for the checks; empty if none was
 * @param gateway   the command of the gateway check
 * @param pattern   the blueprint whose image's registry is asked; used for that check alone
 */
record CheckCommands(Settings settings, String namespace, Blueprint pattern, Function<ImageName, String> registry,
        Supplier<String> gateway) {

    String of(Check check) {
        return switch (check) {
            case CLUSTER -> "kubectl get nodes && kubectl api-resources --api-group=argoproj.io";
            case ROLLOUTS -> settings.inPlace() ? "kubectl get rollouts --all-namespaces"
                    : "kubectl create --filename rollout-of-no-pods.yaml && kubectl argo rollouts get rollout "
                    + ControllerProbe.NAME + " --namespace " + namespace;
            case ARGO_CD -> "argocd account get-user-info && argocd app get " + settings.application() + " --refresh";
            case REGISTRY -> registry.apply(pattern.image());
            case GATEWAY -> gateway.get();
        };
    }
}
