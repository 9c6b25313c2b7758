package delivery.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.SourceParameters;
import delivery.chart.Values;
import delivery.layout.TagPlace;
import delivery.layout.ValuePlaces;
import java.util.Map;

/** Changes what a source renders: by Helm's parameters and values, or by Kustomize's images, overlay and patches. */
interface Packaging {

    /** @param values what the delivery's chart is rendered with */
    static Packaging of(Values values, ValuePlaces places) {
        return places.tag().map(TagPlace::path).filter(SourceParameters::isKustomize).isPresent()
                ? new KustomizePackaging() : new HelmPackaging(values);
    }

    /** Whether there are values, which the live Rollout must follow. */
    boolean hasValues();

    /** What has a copy differ: texts by the places that the layout has for them. */
    Changes changes(Map<String, String> byPath);

    /** What has a release run another version, which its parameters can change again and again. */
    Changes changesOfTag(Map<String, String> byPath);

    /** Values of a copy's own, numbers and lists among them, by the places that the layout has for them. */
    ObjectNode values(Map<String, Object> byPath);

    /** Has a copy's source render into a namespace of its own. */
    void move(ObjectNode source, String namespace, String releaseName);

    /** Has a source render what differs. */
    void change(ObjectNode source, Changes changes);

    /** Values over those that a source has. */
    ObjectNode over(JsonNode source, ObjectNode own);
}
