package delivery.route;

import java.util.List;

/**
 * Where requests for a host go that match a rule of a route.
 *
 * @param object      the route and, where several objects make it, the way through them: "IngressRoute shop"
 * @param match       what it matches, in the route's own words: {@code Host(`shop.test`) && PathPrefix(`/`)}
 * @param targets     where it leads, with their weights
 * @param conditional whether it matches only some users by what their requests carry, such as a header: what these get
 *                    says nothing of the others
 */
record Rule(String object, String match, List<Target> targets, boolean conditional) {

    Rule {
        targets = List.copyOf(targets);
    }

    /**
     * A Service, or what should be one.
     *
     * @param service name of the Service
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

    /** The rule in words: "IngressRoute shop (Host(`shop.test`))". */
    @Override
    public String toString() {
        return object + " (" + match + ")";
    }
}
