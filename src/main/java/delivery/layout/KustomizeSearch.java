package delivery.layout;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.argocd.ApplicationSource;
import delivery.argocd.SourceParameters;
import delivery.clone.HostClaims;
import delivery.clone.HostRules;
import delivery.clone.ManifestObject;
import delivery.rollout.Rollout;
import delivery.rollout.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Looks for the places that Kustomize can change: the image by its name, the strategy by the overlay's folder, and
 * everything else by patches of the rendered objects. A patched place is written {@code
 * IngressRoute/shop#/spec/routes/0/match}.
 */
record KustomizeSearch(JsonNode source, LiveObjects objects, Overlays overlays, NamedPlaces named) {

    static final Pattern STRATEGY = Pattern.compile("(?i)blue[-_]?green|canary|(?<![A-Za-z])bg(?![A-Za-z])");

    /** Folders next to a source's own that may hold the other strategy, as a pattern; empty if its path names none. */
    static Optional<String> folders(String path) {
        String[] parts = path.split("/");
        for (int index = parts.length - 1; index >= 0; index--) {
            if (STRATEGY.matcher(parts[index]).find()) {
                parts[index] = "*";
                return Optional.of(String.join("/", parts));
            }
        }
        return Optional.empty();
    }

    /** Finds the image to replace by every name that may fit: the rendered one, and those that are replaced already. */
    Search<TagPlace> tag(ContainerImage image) {
        String before = image.repository() + ":";
        List<String> alike = new ArrayList<>();
        for (JsonNode entry : source.path("kustomize").path("images")) {
            String[] sides = entry.asText("").split("=", 2);
            if (sides.length == 2 && ContainerImage.of("", sides[1]).repository().equals(image.repository())) {
                alike.add(SourceParameters.image(sides[0]));
            }
        }
        // Kustomize goes by the names in their order, so those that the overlay itself replaces count, too.
        for (JsonNode entry : overlays.own().path("images")) {
            String replaced = SourceParameters.image(entry.path("name").asText(""));
            if (entry.path("newName").asText("").equals(image.repository()) && !alike.contains(replaced)) {
                alike.add(replaced);
            }
        }
        String path = SourceParameters.image(image.repository());
        return Search.found(new TagPlace(path, before, Optional.empty(), alike.stream()
                .map(name -> new TagPlace(name, before, Optional.empty())).toList()), Finding.found(Item.VALUE_TAG,
                path + (alike.isEmpty() ? "" : ", " + String.join(", ", alike)),
                "the live image, which Kustomize's images replace"));
    }

    /** Finds each text of a route that names a live host, and of what else would claim it in a copy, to be patched. */
    Search<List<HostPlace>> hosts(List<String> hosts) {
        if (hosts.isEmpty() && !HostRules.routes(objects.live()).isEmpty()) {
            return Search.open(Finding.fault(Item.VALUE_HOST, "none", "the live release's routes name no host of their"
                    + " own, so that a copy would get its users; write a host into them"));
        }
        if (hosts.isEmpty()) {
            return Search.open(Finding.none(Item.VALUE_HOST, "none", "the live release has no route with a host"));
        }
        List<HostPlace> places = new ArrayList<>();
        List<ManifestObject> routes = HostRules.routes(objects.rendered());
        routes.forEach(route -> collect(route, "/spec", hosts, places));
        boolean routed = !places.isEmpty();
        // An annotation for a DNS, or a certificate.
        objects.rendered().stream().filter(HostClaims::areMadeBy).forEach(object -> {
            collect(object, "/metadata/annotations", hosts, places);
            if (!routes.contains(object)) {
                collect(object, "/spec", hosts, places);
            }
        });
        return !routed ? Search.open(Finding.fault(Item.VALUE_HOST, "none", "no route that is rendered"
                + " names the live host " + hosts.get(0) + "; have the overlay's route name it"))
                : Search.found(places, Finding.found(Item.VALUE_HOST,
                String.join(", ", places.stream().map(HostPlace::path).toList()), "they name the live host; patched"
                + " in copies"));
    }

    /** The name that an object has when it is patched, before the overlay adds its prefix and suffix. */
    private String patched(String name) {
        String without = name;
        String prefix = affix("namePrefix");
        String suffix = affix("nameSuffix");
        if (!prefix.isEmpty() && without.startsWith(prefix)) {
            without = without.substring(prefix.length());
        }
        return !suffix.isEmpty() && without.endsWith(suffix)
                ? without.substring(0, without.length() - suffix.length()) : without;
    }

    /** The prefix or suffix: the Application's overrides the overlay's. */
    private String affix(String key) {
        String own = source.path("kustomize").path(key).asText("");
        return own.isEmpty() ? overlays.own().path(key).asText("") : own;
    }

    private void collect(ManifestObject object, String part, List<String> hosts, List<HostPlace> places) {
        collect(object.json().at(part), object.kind() + "/" + patched(object.name()) + "#" + part, hosts, places);
    }

    private static void collect(JsonNode node, String path, List<String> hosts, List<HostPlace> places) {
        if (node.isTextual() && hosts.stream().anyMatch(host -> HostPlace.named(host).matcher(node.asText()).find())) {
            places.add(new HostPlace(path, node.asText(), hosts));
        }
        node.properties().forEach(field -> collect(field.getValue(), path + "/"
                + field.getKey().replace("~", "~0").replace("/", "~1"), hosts, places));
        for (int index = 0; node.isArray() && index < node.size(); index++) {
            collect(node.path(index), path + "/" + index, hosts, places);
        }
    }

    /** Finds the overlays: the source's own folder names the live strategy, and one next to it the other. */
    Search<StrategyPlace> strategy(Strategy live) {
        return new FolderSwitch(ApplicationSource.folder(source), overlays.folders(), named).ofOverlays(live);
    }

    /** The places that copies change; their overrides are patches of the Rollout. */
    ValuePlaces places(Rollout rollout, Optional<TagPlace> tag, List<HostPlace> hosts, Optional<StrategyPlace> place) {
        String spec = "Rollout/" + patched(rollout.name()) + "#/spec";
        boolean blueGreen = rollout.strategy() == Strategy.BLUE_GREEN
                || place.flatMap(known -> known.word(Strategy.BLUE_GREEN)).isPresent();
        boolean canary = rollout.strategy() == Strategy.CANARY
                || place.flatMap(known -> known.word(Strategy.CANARY)).isPresent();
        return new ValuePlaces(rollout.strategy(), tag, hosts, place, Optional.of(spec + "/replicas"),
                canary ? Optional.of(spec + "/strategy/canary/steps") : Optional.empty(),
                Optional.of(spec + "/strategy/" + (blueGreen ? "blueGreen" : "canary") + "/scaleDownDelaySeconds"));
    }
}
