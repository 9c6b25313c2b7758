package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Features of a Rollout that would be judged wrongly. A Rollout that has one is refused, and the feature is named. */
public final class UnsupportedFeatures {

    private UnsupportedFeatures() {
    }

    /**
     * @param rollout as the chart renders it
     * @return one sentence each, with the field and what to do; empty if there is none
     */
    public static List<String> of(JsonNode rollout) {
        JsonNode spec = rollout.path("spec");
        JsonNode canary = spec.path("strategy").path("canary");
        JsonNode routing = canary.path("trafficRouting");
        List<String> found = new ArrayList<>();
        if (!spec.path("workloadRef").isEmpty()) {
            found.add("spec.workloadRef has the pods' template in " + spec.path("workloadRef").path("kind").asText("")
                    + " " + spec.path("workloadRef").path("name").asText("") + ", which is not followed; write the"
                    + " template into the Rollout");
        }
        if (canary.has("pingPong") || routing.has("pingPong")) {
            found.add("canary.pingPong changes which Service has the stable version with each release, which is not"
                    + " followed; use stableService and canaryService");
        }
        if (!routing.path("istio").path("destinationRule").isEmpty()) {
            found.add("trafficRouting.istio.destinationRule splits a Service into subsets, which no request can ask for"
                    + " one by one; split between stableService and canaryService by the VirtualService alone");
        }
        if (routing.path("maxTrafficWeight").isNumber() && routing.path("maxTrafficWeight").asInt() != 100) {
            found.add("trafficRouting.maxTrafficWeight: " + routing.path("maxTrafficWeight").asInt() + " makes weights"
                    + " something else than percent; remove it, and write the steps in percent");
        }
        if (canary.path("steps").valueStream().flatMap(step -> step.at("/experiment/templates").valueStream())
                .anyMatch(template -> template.path("weight").asInt() > 0)) {
            found.add("a step experiment with a weight sends users to pods of its own beside the canary's, which are"
                    + " not told apart from them; leave the weight out, or prove the release without that step");
        }
        return found;
    }
}
