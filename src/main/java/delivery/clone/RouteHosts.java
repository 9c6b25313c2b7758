package delivery.clone;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The hosts that routes serve to users from outside the cluster. */
public final class RouteHosts {

    private RouteHosts() {
    }

    /**
     * Hosts by the routes that name them, in the routes' order. A route that serves every host, or names a wildcard,
     * has none.
     */
    public static Map<String, ManifestObject> of(List<ManifestObject> objects) {
        Map<String, ManifestObject> hosts = new LinkedHashMap<>();
        for (ManifestObject object : objects) {
            HostRules.of(object).stream().flatMap(rule -> rule.names().stream())
                    .filter(host -> !host.contains("*") && !LiveRelease.isWithinCluster(host))
                    .forEach(host -> hosts.putIfAbsent(host.toLowerCase(Locale.ROOT), object));
        }
        return hosts;
    }

    /** The objects that are routes. */
    public static List<ManifestObject> routes(List<ManifestObject> objects) {
        return new ArrayList<>(objects.stream().filter(object -> !HostRules.of(object).isEmpty()).toList());
    }
}
