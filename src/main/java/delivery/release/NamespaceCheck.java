package delivery.release;

import delivery.environment.Blueprint;
import delivery.environment.Platform;
import delivery.failure.EnvironmentNotFit;
import delivery.kubernetes.LiveNamespace;
import delivery.kubernetes.NamespaceCopy;
import delivery.rollout.NamespacedObject;
import delivery.rollout.Presence;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Checks, before anything is deployed, that new namespaces will have the objects that the live release's pods need. */
final class NamespaceCheck {

    private NamespaceCheck() {
    }

    /**
     * Checks the live namespace, and the objects that COPY names.
     *
     * @throws EnvironmentNotFit if an object would be missing, or does not exist and so cannot be copied
     */
    static void require(Platform platform, Blueprint pattern) {
        KubernetesClient client = platform.cluster().client();
        Set<NamespacedObject> copied = platform.settings().copy();
        copied.forEach(new NamespaceCopy(client, pattern.live().namespace())::require);
        require(pattern.live().needs(), copied, new LiveNamespace(client, pattern.live().namespace())::has);
    }

    /**
     * Requires needed objects that were put into the live namespace by hand to be copied, as a new one lacks them.
     *
     * @param copied the objects that are copied into each new namespace
     * @throws EnvironmentNotFit if an object would be missing; the message names all that would be
     */
    static void require(Set<NamespacedObject> needs, Set<NamespacedObject> copied,
            Function<NamespacedObject, Presence> live) {
        List<NamespacedObject> missing = needs.stream().sorted()
                .filter(object -> !copied.contains(object))
                .filter(object -> live.apply(object) == Presence.BY_HAND).toList();
        if (!missing.isEmpty()) {
            String names = missing.stream().map(NamespacedObject::toString).collect(Collectors.joining(" and "));
            throw new EnvironmentNotFit("The pods need " + names + ", which somebody put into the live namespace, and"
                    + " which a new one will not have", "Set COPY=" + missing.stream().map(NamespacedObject::argument)
                            .collect(Collectors.joining(",")) + " to have it copied into the scenarios' namespaces,"
                    + " where copies reach what it opens, or have the chart make it");
        }
    }
}
