package delivery.layout;

import java.util.Optional;

/**
 * How users reach the live release: by a host, or by a Service if no route leads to it.
 *
 * @param host    empty if no route names one
 * @param service empty if there is a route
 */
public record Exposure(Optional<String> host, Optional<String> service) {

    /** An exposure by a route that is not known in detail. */
    public static final Exposure BY_ROUTE = new Exposure(Optional.empty(), Optional.empty());

    static Exposure under(String host) {
        return new Exposure(Optional.of(host), Optional.empty());
    }

    static Exposure by(String service) {
        return new Exposure(Optional.empty(), Optional.of(service));
    }

    /** Whether users come through a gateway. */
    public boolean isRouted() {
        return service.isEmpty();
    }

    /** The exposure within a sentence: "the gateway". */
    @Override
    public String toString() {
        return service.map(name -> "the Service " + name).orElse("the gateway");
    }
}
