package delivery.route;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Where requests for a host go that match a rule of a route.
 *
 * @param object      the route and, where several objects make it, the way through them: "IngressRoute shop"
 * @param match       what it matches, in the route's own words: {@code Host(`shop.test`) && PathPrefix(`/`)}
 * @param targets     where it leads, with their weights
 * @param conditional whether it matches only some users by what their requests carry, such as a header: what these get
 *                    says nothing of the others
 * @param total       what its weights are of, where another object has the rest; 0 where they are all there is
 */
record Rule(String object, String match, List<Target> targets, boolean conditional, int total) {

    Rule {
        targets = List.copyOf(targets);
    }

    /**
     * A Service, or what should be one.
     *
     * @param weight  its share, as the route has it; 1 where it has none
     * @param router  whether an object stands in between by which the Rollout moves weights
     * @param missing what is not there on the way; empty if all is
     */
    record Target(String service, int weight, boolean router, String missing) {

        static Target service(String name, int weight, boolean router) {
            return new Target(name, weight, router, "");
        }

        static Target missing(String what) {
            return new Target("", 1, false, what);
        }
    }

    /** One whose weights are all there is. */
    Rule(String object, String match, List<Target> targets, boolean conditional) {
        this(object, match, targets, conditional, 0);
    }

    /**
     * Percent that a Service gets by the object in which the Rollout moves weights.
     *
     * @param other the Service that gets the rest
     * @return empty if it leads to the Service by no such object
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
