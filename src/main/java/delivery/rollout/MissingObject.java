package delivery.rollout;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An object that a message reports as missing. */
record MissingObject(String kind, String name) {

    private static final Pattern NOT_FOUND = Pattern.compile("(\\S+) [\"'`]([^\"'`]+)[\"'`] not found");
    private static final Map<String, String> KINDS = Map.ofEntries(Map.entry("service", "Service"),
            Map.entry("serviceaccount", "ServiceAccount"), Map.entry("configmap", "ConfigMap"),
            Map.entry("secret", "Secret"), Map.entry("persistentvolumeclaim", "PersistentVolumeClaim"),
            Map.entry("ingress", "Ingress"), Map.entry("ingresse", "Ingress"), Map.entry("httproute", "HTTPRoute"),
            Map.entry("traefikservice", "TraefikService"), Map.entry("virtualservice", "VirtualService"),
            Map.entry("destinationrule", "DestinationRule"), Map.entry("priorityclass", "PriorityClass"));

    /** Returns the first missing object that a message names; empty if it names none. */
    static Optional<MissingObject> in(String message) {
        Matcher matcher = NOT_FOUND.matcher(message);
        return matcher.find() ? Optional.of(new MissingObject(kind(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }

    /** The kind, which some messages give as a resource: {@code traefikservices.traefik.io}. */
    private static String kind(String word) {
        String resource = word.replaceFirst("\\..*", "");
        String singular = resource.toLowerCase(Locale.ROOT).replaceFirst("(?<!s)s$", "");
        return KINDS.getOrDefault(singular, resource);
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
