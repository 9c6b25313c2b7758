package delivery.layout;

import delivery.clone.HostRules;
import delivery.clone.ManifestObject;
import delivery.clone.ObjectScope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Finds out whether copies of a release can be deployed, as far as that is known without deploying one. */
final class CloneSurvey {

    private CloneSurvey() {
    }

    /**
     * The obstacles to copies; a single finding that copies can be made if none is known.
     *
     * @param rendered   the rendered objects, with the namespaces that the chart writes
     * @param changeable whether other namespaces can be written for a copy, as Kustomize does
     */
    static List<Finding> of(List<ManifestObject> rendered, Function<ManifestObject, ObjectScope> scopes,
            String namespace, boolean changeable) {
        List<Finding> findings = new ArrayList<>();
        List<String> own = new ArrayList<>();
        rendered.forEach(object -> object.addresses().forEach(address -> findings.add(Finding.fault(Item.CLONES,
                "none can be made", object + " asks for the " + address + ", which the live release has; leave it out,"
                        + " so that each gets its own from the cluster"))));
        for (ManifestObject object : rendered) {
            // The live Namespace's name may be .Release.Namespace, too, and Kustomize writes it as every other.
            boolean home = object.kind().equals("Namespace") && (changeable || object.name().equals(namespace));
            ObjectScope scope = home ? ObjectScope.NAMESPACE : scopes.apply(object);
            String written = home ? object.name() : object.namespace();
            if (scope == ObjectScope.CLUSTER) {
                findings.add(Finding.fault(Item.CLONES, "none can be made", object + " is an object of the whole"
                        + " cluster; take it out of the chart into an Application of its own"));
            } else if (scope == ObjectScope.NAMESPACE && written.equals(namespace) && !changeable) {
                own.add(object.toString());
            } else if (scope == ObjectScope.NAMESPACE && !object.namespace().isEmpty() && !changeable) {
                findings.add(Finding.fault(Item.CLONES, "none can be made", object + " has the namespace "
                        + object.namespace() + " written into it; remove the line, or write namespace:"
                        + " {{ .Release.Namespace }}"));
            }
        }
        // Where no route names a host, a value of its own is asked for.
        if (!HostRules.hosts(rendered).isEmpty()) {
            HostRules.shared(rendered).forEach(route -> findings.add(Finding.open(Item.CLONES, "judged when they are"
                    + " rendered", route + " has a rule for every host or a wildcard, which a copy must not have: it"
                    + " should name the same host as the other routes")));
        }
        if (!own.isEmpty()) {
            findings.add(Finding.open(Item.CLONES, "judged when they are rendered", String.join(", ", own)
                    + " " + (own.size() > 1 ? "have" : "has") + " the namespace " + namespace + " written into it,"
                    + " which a copy must not have: it should come from .Release.Namespace"));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.found(Item.CLONES, "can be made", changeable
                    ? "no object belongs to the whole cluster, and Kustomize writes the copy's namespace"
                    : "no object belongs to the whole cluster or has a namespace written into it"));
        }
        return findings;
    }
}
