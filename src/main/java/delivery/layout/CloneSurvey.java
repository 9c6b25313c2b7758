package delivery.layout;

import delivery.clone.HostRules;
import delivery.clone.ManifestObject;
import delivery.clone.NamespaceReferences;
import delivery.clone.ObjectScope;
import delivery.clone.UnknownRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out whether copies of a release can be deployed, as far as that is known without deploying one. */
final class CloneSurvey {

    private static final String UNKNOWN = " seems to be a route, of a kind that does not show which users it serves,"
            + " and copies of it may get those of the live release";

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
        rendered.forEach(object -> findings.addAll(references(object, namespace, changeable)));
        findings.addAll(unknownRoutes(rendered));
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
            findings.add(Finding.found(Item.CLONES, "can be made", (changeable
                    ? "no object belongs to the whole cluster, and Kustomize writes the copy's namespace"
                    : "no object belongs to the whole cluster or has a namespace written into it")
                    + jobs(rendered)));
        }
        return findings;
    }

    /** The jobs that each copy runs besides the release. A copy's namespace does not isolate them from a database. */
    private static String jobs(List<ManifestObject> rendered) {
        String jobs = rendered.stream().filter(object -> List.of("Job", "CronJob").contains(object.kind()))
                .map(ManifestObject::toString).distinct().collect(Collectors.joining(", "));
        return jobs.isEmpty() ? "" : "; each copy also runs " + jobs + ", with all that they reach, such as a database";
    }

    private static List<Finding> references(ManifestObject object, String namespace, boolean changeable) {
        return Stream.concat(NamespaceReferences.routers(object).stream(),
                NamespaceReferences.backends(object, namespace).stream()).map(reference -> {
            String what = object + " names the namespace " + reference.namespace() + " (" + reference.place() + "), ";
            return changeable || !reference.namespace().equals(namespace) ? Finding.fault(Item.CLONES,
                    "none can be made", what + "where a copy would change or reach what is not its own; leave it out")
                    : Finding.open(Item.CLONES, "judged when they are rendered", what
                    + "which a copy must not: it should come from .Release.Namespace");
        }).toList();
    }

    private static List<Finding> unknownRoutes(List<ManifestObject> rendered) {
        List<String> services = rendered.stream().filter(object -> object.kind().equals("Service")
                && object.group().isEmpty()).map(ManifestObject::name).toList();
        return rendered.stream().map(UnknownRoute::of).flatMap(Optional::stream)
                .filter(route -> route.leadsTo(services)).map(route -> !route.namesHosts()
                ? Finding.fault(Item.CLONES, "none can be made", route + UNKNOWN + "; leave it out by a value of the"
                + " Application")
                : Finding.open(Item.CLONES, "judged when they are rendered", route + UNKNOWN + ": each must have only a"
                + " host of its own")).toList();
    }
}
