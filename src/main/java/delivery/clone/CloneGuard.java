package delivery.clone;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges Argo CD's rendering of a clone before any of it is applied: all of it must be the clone's own. Argo CD sets
 * the clone's namespace only in objects without one, so a namespace, a cluster-scoped object or a host that the chart
 * spells out would be taken from the live release.
 *
 * @param namespace the clone's own namespace
 * @param host      the clone's own host
 * @param scopes    returns the scope of an object's kind
 * @param chosen    name of the Rollout that releases, if there may be others
 */
public record CloneGuard(LiveRelease live, String namespace, String host,
        Function<ManifestObject, ObjectScope> scopes, Optional<String> chosen) {

    /**
     * @param rendered all objects that would be applied, hooks included
     * @return why the clone must not be deployed, one sentence each; empty if all objects are its own
     */
    public List<String> refusals(List<ManifestObject> rendered) {
        Set<String> refusals = new LinkedHashSet<>();
        List<ManifestObject> applied = rendered.stream().filter(object -> !object.onlyForHelmTest()).toList();
        applied.forEach(object -> refusals.addAll(refusals(object)));
        // A Service may be named after the release, so that a copy's is not one of the live release.
        Set<String> services = Stream.concat(live.services().stream(), applied.stream().filter(object ->
                object.kind().equals("Service") && object.group().isEmpty()).map(ManifestObject::name))
                .collect(Collectors.toSet());
        applied.stream().map(UnknownRoute::of).flatMap(Optional::stream).filter(route -> route.leadsTo(services)
                && !route.isOf(this::isOwn)).map(route -> route + " seems to be a route, of a kind ("
                + route.apiVersion() + ") that does not show which users it serves, and it leads to a Service of the"
                + " release; leave it out of copies by a value that the Application sets, or have it name one host,"
                + " made from the host's value").forEach(refusals::add);
        Set<String> rollouts = applied.stream().filter(object -> object.kind().equals("Rollout")
                && object.group().equals("argoproj.io")).map(ManifestObject::name).collect(Collectors.toSet());
        if (chosen.map(name -> !rollouts.contains(name)).orElse(rollouts.size() != 1)) {
            refusals.add("the chart renders " + (rollouts.isEmpty() ? "no Rollout" : rollouts.size() + " Rollouts ("
                    + rollouts.stream().sorted().collect(Collectors.joining(", ")) + ")") + chosen.map(name ->
                            ", and none is " + name + "; set ROLLOUT to the one that releases").orElse(", and one is"
                            + " needed; set ROLLOUT to the one that releases, APPLICATION to one that deploys one, or"
                            + " STRATEGIES to those by which the chart renders one"));
        }
        boolean served = applied.stream().flatMap(object -> HostRules.of(object).stream())
                .anyMatch(rule -> rule.serves().test(host));
        if (live.routed() && !served) {
            refusals.add("no route that the chart renders serves the copy's own host " + host
                    + "; have the chart's route take its host from one"
                    + " value, and name it by VALUE_HOST where it is not found");
        }
        return List.copyOf(refusals);
    }

    private List<String> refusals(ManifestObject object) {
        ObjectScope scope = scopes.apply(object);
        List<String> refusals = new ArrayList<>();
        boolean ownNamespace = object.kind().equals("Namespace") && object.name().equals(namespace);
        if (scope == ObjectScope.CLUSTER && !ownNamespace) {
            refusals.add(object
                    + " is an object of the whole cluster, which the live release and its copies would share;"
                    + " take it out of the chart into an Application of its own"
                    + (object.kind().equals("CustomResourceDefinition")
                    ? ", or set helm.skipCrds where it is in the chart's crds folder"
                    : ", or leave it out by a value that the Application sets"));
        } else if (scope == ObjectScope.UNKNOWN) {
            refusals.add(object + " is of a kind that the cluster does not serve (" + object.apiVersion() + "), so that"
                    + " nobody can tell whether it stays in its namespace; install the kind, or take it out of the"
                    + " chart");
        } else if (scope == ObjectScope.NAMESPACE && !object.namespace().isEmpty()
                && !object.namespace().equals(namespace)) {
            refusals.add(object + " would be applied in the namespace " + object.namespace()
                    + ofLive(object.namespace())
                    + "; the chart's template writes that namespace into it: remove the line, or write"
                    + " namespace: {{ .Release.Namespace }}");
        }
        NamespaceReferences.routers(object).stream().filter(router -> !router.namespace().equals(namespace))
                .forEach(router -> refusals.add(object + " moves the weights of a route in the namespace "
                        + router.namespace() + ofLive(router.namespace()) + " (" + router.place() + "); leave that"
                        + " namespace out, or have it made from the release's own"));
        NamespaceReferences.backends(object, live.namespace()).forEach(backend -> refusals.add(object
                + " leads to the namespace " + backend.namespace() + ofLive(backend.namespace()) + " ("
                + backend.place() + "); leave that namespace out, or have it made from the release's own"));
        HostRules.of(object).forEach(rule -> refusals.addAll(refusals(object, rule)));
        if (HostClaims.areMadeBy(object)) {
            HostClaims.of(object).forEach(claim -> live.named(claim.text()).forEach(other -> refusals.add(claim.place()
                    + " names the host " + other + " of the live release; have it made from the host's value")));
        }
        object.addresses().stream().filter(live.addresses()::contains).forEach(address -> refusals.add(object
                + " asks for the " + address
                + ", which the live release has; take it out of the chart, or leave it to a"
                + " value that the Application sets"));
        return refusals;
    }

    private String ofLive(String named) {
        return named.equals(live.namespace()) ? ", where the live release is" : "";
    }

    private List<String> refusals(ManifestObject object, HostRule rule) {
        if (rule.servesEveryHost()) {
            return List.of(object + " has a rule for every host, those of the live release among them; have it take its"
                    + " host from one value, and name it by VALUE_HOST where it is not found");
        }
        List<String> others = new ArrayList<>(live.hosts().stream().filter(rule.serves()).sorted().toList());
        rule.names().stream().filter(name -> !isOwn(name) && !others.contains(name.toLowerCase(Locale.ROOT)))
                .forEach(others::add);
        return others.stream().map(other -> object + " would serve the host " + other
                + (live.hosts().contains(other.toLowerCase(Locale.ROOT)) ? " of the live release" : ", which is not the"
                + " copy's own") + "; have it take its host from one value, and name it by VALUE_HOST where it is"
                + " not found").toList();
    }

    /** Whether a name is the clone's own: it has its namespace, or is within the cluster and in no other namespace. */
    private boolean isOwn(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean otherNamespace = lower.contains(".svc") || lower.contains("." + live.namespace());
        return lower.contains(namespace) || LiveRelease.isWithinCluster(lower) && !otherNamespace;
    }
}
