package delivery.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Plain YAML, which Argo CD applies as it is: there is nothing to change in a source. */
final class PlainPackaging implements Packaging {

    @Override
    public boolean hasValues() {
        return false;
    }

    /** The images by their containers, which are set in the live Rollout itself. */
    @Override
    public Changes changes(Map<String, String> byPath) {
        return new Changes(byPath, nothing());
    }

    @Override
    public Changes changesOfTag(Map<String, String> byPath) {
        return changes(byPath);
    }

    @Override
    public ObjectNode values(Map<String, Object> byPath) {
        return nothing();
    }

    /** @throws IllegalStateException always: plain YAML has no copies */
    @Override
    public void move(ObjectNode source, String namespace, String releaseName) {
        throw new IllegalStateException("Plain YAML has no copies");
    }

    /** Changes nothing. */
    @Override
    public void change(ObjectNode source, Changes changes) {
        // The source stays as it is.
    }

    @Override
    public ObjectNode over(JsonNode source, ObjectNode own) {
        return nothing();
    }

    private static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }
}
