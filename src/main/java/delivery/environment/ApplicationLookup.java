package delivery.environment;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.argocd.ApplicationList;
import delivery.argocd.ArgoCd;
import delivery.argocd.ArgoCdRefused;
import delivery.failure.EnvironmentNotFit;
import delivery.failure.UnresolvedLayout;
import delivery.text.Ellipsis;
import java.util.List;

/** Reads the live Application, or says why it cannot be proved. */
final class ApplicationLookup {

    private static final int MOST_NAMES = 12;
    private static final int LONGEST_COMPLAINT = 600;

    private ApplicationLookup() {
    }

    /**
     * The whole object of the Application.
     *
     * @throws EnvironmentNotFit if Argo CD shows none of this name
     * @throws UnresolvedLayout  if there is one, and it is not in Argo CD's own namespace
     */
    static JsonNode require(ArgoCd argoCd, String name) {
        ApplicationList list = argoCd.list();
        List<JsonNode> found = list.named(name);
        if (found.isEmpty()) {
            throw absent(list, name);
        }
        String own = ownNamespace(list);
        return found.stream().filter(one -> own.isEmpty() || namespace(one).isEmpty() || namespace(one).equals(own))
                .findFirst().orElseThrow(() -> new UnresolvedLayout(name, List.of("it is in the namespace "
                        + namespace(found.get(0)) + ", and Argo CD in " + own + "; Applications in other namespaces"
                        + " are not supported: set APPLICATION to one in " + own)));
    }

    private static String namespace(JsonNode application) {
        return application.at("/metadata/namespace").asText("");
    }

    private static String ownNamespace(ApplicationList list) {
        try {
            return list.ownNamespace();
        } catch (ArgoCdRefused refused) {
            return "";
        }
    }

    private static EnvironmentNotFit absent(ApplicationList list, String name) {
        List<String> names = list.names();
        return names.isEmpty()
                ? new EnvironmentNotFit("Argo CD shows no Application " + name + " to this user, and no other one",
                        "Give the user of ARGOCD_AUTH_TOKEN or ARGOCD_USERNAME the permission applications, get, which"
                                + " src/doc/own-cluster.md lists; or set ARGOCD_SERVER to the Argo CD that has it")
                : new EnvironmentNotFit("Argo CD has no Application " + name + "; this user sees "
                        + String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())))
                        + (names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : ""),
                        "Set APPLICATION to the one that the delivery is proved for");
    }

    /**
     * Makes sure that Argo CD can render the Application.
     *
     * @throws EnvironmentNotFit if Argo CD itself says that it cannot
     */
    static void requireRendered(JsonNode application) {
        String name = application.at("/metadata/name").asText("");
        for (JsonNode condition : application.at("/status/conditions")) {
            String type = condition.path("type").asText("");
            if (List.of("ComparisonError", "InvalidSpecError").contains(type)
                    && application.at("/status/sync/status").asText("Unknown").equals("Unknown")) {
                throw new EnvironmentNotFit("Argo CD cannot render the Application " + name + " (" + type + "): "
                        + Ellipsis.to(LONGEST_COMPLAINT, condition.path("message").asText("").strip()
                                .replaceAll("\\s*\\R\\s*", " ")),
                        "Correct spec.source or spec.destination, or let Argo CD reach it, until argocd app get " + name
                        + " --refresh says Synced");
            }
        }
    }

    /** The error that none of the Application's objects is in the cluster. */
    static EnvironmentNotFit notDeployed(String name, String summary, String namespace, boolean missing) {
        return new EnvironmentNotFit("Nothing of the Application " + name + " is in the cluster: Argo CD says "
                + Ellipsis.to(LONGEST_COMPLAINT, summary.replaceAll("\\s*\\R\\s*", " "))
                + (missing ? "; its namespace " + namespace + " does not exist" : ""), missing
                ? "Make the namespace, or add CreateNamespace=true to spec.syncPolicy.syncOptions, and sync it"
                : "Sync it first: argocd app sync " + name);
    }
}
