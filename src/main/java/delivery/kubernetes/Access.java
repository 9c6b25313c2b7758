package delivery.kubernetes;

import java.util.List;
import java.util.stream.Stream;

/**
 * A permission in every namespace, or for an object of the cluster.
 *
 * @param verb     such as {@code list}
 * @param group    the API group; empty for the core group
 * @param resource such as {@code rollouts} or {@code services/proxy}
 */
public record Access(String verb, String group, String resource) {

    private static final String ARGO = "argoproj.io";

    /** Returns the permissions without any of which a criterion cannot be proved. */
    public static List<Access> needed() {
        return Stream.of(
                of("", "namespaces", "get", "list", "watch", "create", "delete"), of("", "nodes", "list"),
                of(ARGO, "rollouts", "get", "list", "watch", "create", "patch"), of(ARGO, "rollouts/status", "patch"),
                of(ARGO, "analysisruns", "list", "watch"), of("apps", "replicasets", "list", "watch"),
                of("", "pods", "list", "watch"), of("", "services", "list", "watch"), of("", "services/proxy", "get"))
                .flatMap(List::stream).toList();
    }

    private static List<Access> of(String group, String resource, String... verbs) {
        return Stream.of(verbs).map(verb -> new Access(verb, group, resource)).toList();
    }

    /** Returns the text that {@code kubectl auth can-i} takes. */
    @Override
    public String toString() {
        return verb + " " + resource + (group.isEmpty() ? "" : "." + group);
    }
}
