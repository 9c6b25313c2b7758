package delivery.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;

/**
 * What the repository of a delivery by Kustomize has.
 *
 * @param folders beside the source's own, of which one may have the other strategy
 * @param own     the source's kustomization.yaml; missing if that is not known
 */
public record Overlays(List<String> folders, JsonNode own) {

    /** None, as of a chart. */
    public static final Overlays NONE = new Overlays(List.of(), MissingNode.getInstance());

    public Overlays {
        folders = List.copyOf(folders);
    }
}
