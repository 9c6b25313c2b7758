package delivery.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import delivery.chart.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Files and folders of the delivery's repository, next to those that it is rendered from, which may hold the other
 * strategy.
 *
 * @param folders the folders next to the source's own, one of which may hold the other strategy
 * @param own     the source's kustomization.yaml; missing if that is not known
 * @param values  the values that Helm renders with other value files, or from another folder; empty if they are not
 *                known, or if nothing of the kind is changed
 * @param words   the words in the place of the strategy in the names of Helm's other value files
 */
public record Overlays(List<String> folders, JsonNode own, List<String> words,
        Function<Map<String, String>, Optional<Values>> values) {

    /** No other files or folders are known. */
    public static final Overlays NONE = new Overlays(List.of(), MissingNode.getInstance(), List.of(),
            changes -> Optional.empty());

    public Overlays {
        folders = List.copyOf(folders);
        words = List.copyOf(words);
    }
}
