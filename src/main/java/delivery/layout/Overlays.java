package delivery.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import delivery.chart.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Files and folders of the delivery's repository beside those that it is rendered from, which may hold the other
 * strategy.
 *
 * @param folders of Kustomize, beside the source's own, of which one may have the other strategy
 * @param own     the source's kustomization.yaml; missing if that is not known
 * @param values  what Helm renders with other value files, or from another folder; empty if that is not known, or
 *                nothing of the kind is changed
 * @param words   what stands in the place of the strategy in the names of Helm's other value files
 */
public record Overlays(List<String> folders, JsonNode own, List<String> words,
        Function<Map<String, String>, Optional<Values>> values) {

    /** Nothing is known of it. */
    public static final Overlays NONE = new Overlays(List.of(), MissingNode.getInstance(), List.of(),
            changes -> Optional.empty());

    public Overlays {
        folders = List.copyOf(folders);
        words = List.copyOf(words);
    }
}
