package delivery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LatestVersionStoreTest {

    private final LatestVersionStore store = new LatestVersionStore();

    @Test
    void aStateIsConvertedOnceAndTheNextOneShowsWhatChanged() {
        put("one", "1", "old");
        put("two", "2", "same");
        List<JsonNode> before = store.trees();
        assertThat(before).extracting(tree -> tree.path("spec").path("word").asText())
                .containsExactlyInAnyOrder("old", "same");

        put("one", "3", "new");
        assertThat(store.trees()).extracting(tree -> tree.path("spec").path("word").asText())
                .containsExactlyInAnyOrder("new", "same");
        assertThat(store.trees()).filteredOn(tree -> tree.at("/metadata/name").asText().equals("two"))
                .allSatisfy(tree -> assertThat(tree).isSameAs(named(before, "two"))).hasSize(1);
    }

    @Test
    void aLateEventShowsNoEarlierState() {
        put("one", "3", "new");
        put("one", "2", "old");

        assertThat(store.trees()).extracting(tree -> tree.path("spec").path("word").asText()).containsExactly("new");
    }

    @Test
    void anObjectThatWasRemovedIsNotShownAgain() {
        GenericKubernetesResource first = put("one", "1", "first");
        assertThat(store.trees()).hasSize(1);

        store.remove(store.getKey(first));
        assertThat(store.trees()).isEmpty();
        put("one", "5", "second");
        assertThat(store.trees()).extracting(tree -> tree.path("spec").path("word").asText())
                .containsExactly("second");
    }

    private static JsonNode named(List<JsonNode> trees, String name) {
        return trees.stream().filter(tree -> tree.at("/metadata/name").asText().equals(name)).findFirst()
                .orElseThrow();
    }

    private GenericKubernetesResource put(String name, String version, String word) {
        GenericKubernetesResource object = new GenericKubernetesResource();
        object.setMetadata(new ObjectMetaBuilder().withNamespace("shop").withName(name).withUid("uid-" + name)
                .withResourceVersion(version).build());
        object.setAdditionalProperties(Map.of("spec", Map.of("word", word)));
        store.put(store.getKey(object), object);
        return object;
    }
}
