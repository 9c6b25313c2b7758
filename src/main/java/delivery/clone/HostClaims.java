package delivery.clone;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Places in which an object claims a host's users, name or certificate, other than the rules of a route. */
public final class HostClaims {

    /** Kinds that run, configure or watch the release: they may name its hosts, but receive no requests for them. */
    private static final Set<String> NO_ROUTE =
            Set.of("Rollout", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet",
            "Pod", "Job", "CronJob", "ConfigMap", "Secret", "AnalysisTemplate", "Experiment", "Middleware",
            "ServiceMonitor", "PodMonitor", "PrometheusRule", "Probe", "NetworkPolicy");
    private static final Pattern FIELD = Pattern.compile(
            "(?i).*host(s|name|names)?|domains?|main|sans|dns-?names?|fqdn|common-?name|server-?names?");
    private static final Pattern ANNOTATION =
            Pattern.compile("(?i).*(host|alias|dns|domain|common-name|alt-name).*");
    /** Annotations that publish a name, as against those that name an upstream. */
    private static final Pattern PUBLISHES = Pattern.compile("(?i).*(external-dns.*hostname|server-alias"
            + "|cert-manager.io/(common-name|alt-names)|dns-?names?|domain-?names?)");
    /** Kinds that publish names or certificates. */
    private static final Pattern PUBLISHER = Pattern.compile("(?i).*(dns|certificate).*");
    private static final Pattern HOST = Pattern.compile("[\\w-]+(\\.[\\w-]+)+");

    /** A text that claims hosts, and its place in words. */
    record Claim(String place, String text, boolean publishes) {
    }

    private HostClaims() {
    }

    /** Whether objects of its kind may claim a host's users, name or certificate. */
    public static boolean areMadeBy(ManifestObject object) {
        return !NO_ROUTE.contains(object.kind());
    }

    /** Whether the values of a field with this name are hosts. */
    static boolean isField(String key) {
        return FIELD.matcher(key).matches();
    }

    /** Returns the claims of one object: by annotations, and by fields outside of a route's rules. */
    static List<Claim> of(ManifestObject object) {
        List<Claim> claims = new ArrayList<>();
        for (Map.Entry<String, JsonNode> annotation : object.json().at("/metadata/annotations").properties()) {
            if (ANNOTATION.matcher(annotation.getKey()).matches()) {
                claims.add(new Claim("the annotation " + annotation.getKey() + " of " + object,
                        annotation.getValue().asText(""), PUBLISHES.matcher(annotation.getKey()).matches()));
            }
        }
        if (HostRules.of(object).isEmpty()) {
            collect(object.spec(), "", object, claims);
        } else {
            collect(object.spec().path("tls"), "tls", object, claims);
        }
        return claims;
    }

    private static void collect(JsonNode node, String key, ManifestObject object, List<Claim> claims) {
        if (node.isObject()) {
            node.properties().forEach(field -> collect(field.getValue(), field.getKey(), object, claims));
        } else if (node.isArray()) {
            node.forEach(item -> collect(item, key, object, claims));
        } else if (node.isTextual() && isField(key)) {
            claims.add(new Claim(key + " in " + object, node.asText(), PUBLISHER.matcher(object.kind()).matches()
                    && !isOfAClient(object.spec())));
        }
    }

    /** Whether a certificate only shows who a client is, or signs others. */
    private static boolean isOfAClient(JsonNode spec) {
        List<String> usages = spec.path("usages").valueStream().map(JsonNode::asText).toList();
        return spec.path("isCA").asBoolean(false)
                || usages.contains("client auth") && !usages.contains("server auth");
    }

    /**
     * Returns the hosts that objects publish without a route for them, such as the name of a load balancer, in lower
     * case and without wildcards.
     */
    static Set<String> published(List<ManifestObject> objects) {
        Set<String> hosts = new TreeSet<>();
        Stream.concat(objects.stream().filter(HostClaims::areMadeBy).flatMap(object -> of(object).stream())
                        .filter(Claim::publishes).flatMap(claim -> Stream.of(claim.text().split("[,\\s]+"))),
                        objects.stream().map(UnknownRoute::of).flatMap(Optional::stream)
                                .flatMap(route -> route.hosts().stream()))
                .filter(host -> HOST.matcher(host).matches() && !LiveRelease.isWithinCluster(host))
                .forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
        return hosts;
    }
}
