package delivery.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.SourceParameters;
import delivery.chart.Values;
import delivery.layout.TagPlace;
import delivery.layout.ValuePlaces;
import java.util.Map;

/**
 * Changes what a source renders: by Helm's parameters and values, or by Kustomize's images, overlay and patches. Of
 * plain YAML it changes nothing.
 */
interface Packaging {

    /** @param values the values that the delivery's chart is rendered with */
    static Packaging of(Values values, ValuePlaces places) {
        if (places.container().isPresent()) {
            return new PlainPackaging();
        }
        return places.tag().map(TagPlace::path).filter(SourceParameters::isKustomize).isPresent()
                ? new KustomizePackaging() : new HelmPackaging(values);
    }

    /** Whether there are values, which the live Rollout must follow. */
    boolean hasValues();

    /** The changes that set texts at the places that the layout has for them. */
    Changes changes(Map<String, String> byPath);

    /** The changes that make a release run another version, which its parameters can change again and again. */
    Changes changesOfTag(Map<String, String> byPath);

    /** The values of a copy, including numbers and lists, by the places that the layout has for them. */
    ObjectNode values(Map<String, Object> byPath);

    /** Makes a copy's source render into a namespace of its own. */
    void move(ObjectNode source, String namespace, String releaseName);

    /** Applies changes to a source. */
    void change(ObjectNode source, Changes changes);

    /** The values, laid over those that a source has. */
    ObjectNode over(JsonNode source, ObjectNode own);
}
