package delivery.route;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The targets of requests for a host that match a rule of a route.
 *
 * @param object      the route and, if several objects form it, the path through them: "IngressRoute shop"
 * @param match       the condition in the route's own syntax: {@code Host(`shop.test`) && PathPrefix(`/`)}
 * @param targets     the Services that it leads to, with their weights
 * @param conditional whether it matches only requests with a property, such as a header: they say nothing about the
 *                    others
 * @param total       the sum of all weights, if another object has the rest; 0 if these weights are all
 */
record Rule(String object, String match, List<Target> targets, boolean conditional, int total) {

    Rule {
        targets = List.copyOf(targets);
    }

    /**
     * A Service, or what should be one.
     *
     * @param weight  its weight in the route; 1 if the route gives none
     * @param router  whether the way to it leads through an object in which the Rollout moves weights
     * @param missing the object that is missing on the way; empty if there is none
     */
    record Target(String service, int weight, boolean router, String missing) {

        static Target service(String name, int weight, boolean router) {
            return new Target(name, weight, router, "");
        }

        static Target missing(String what) {
            return new Target("", 1, false, what);
        }
    }

    /** Creates a rule that has all of the weights. */
    Rule(String object, String match, List<Target> targets, boolean conditional) {
        this(object, match, targets, conditional, 0);
    }

    /**
     * Returns the percentage that a Service gets through the object in which the Rollout moves weights.
     *
     * @param other the Service that gets the rest
     * @return empty if no such object leads to the Service
     */
    OptionalDouble share(String service, String other) {
        if (targets.stream().noneMatch(target -> target.router() && target.service().equals(service))) {
            return OptionalDouble.empty();
        }
        int own = weight(service);
        int whole = total > 0 ? total : own + weight(other);
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * own / whole);
    }

    private int weight(String service) {
        return targets.stream().filter(target -> target.service().equals(service)).mapToInt(Target::weight).sum();
    }

    /** The rule in words: "IngressRoute shop (Host(`shop.test`))". */
    @Override
    public String toString() {
        return object + " (" + match + ")";
    }
}
