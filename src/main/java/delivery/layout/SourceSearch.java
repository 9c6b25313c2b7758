package delivery.layout;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.argocd.ApplicationSource;
import delivery.chart.FlatValues;
import delivery.chart.Values;
import delivery.clone.ManifestObject;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Finds which of several sources the release is rendered from: the only one with something to change, or the only chart
 * whose values hold the live image's tag.
 */
public record SourceSearch(JsonNode application, List<ManifestObject> live) {

    /**
     * @param values the values of a source's chart, by the position of the source; empty if they cannot be read
     * @return the position of that source; empty if only one renders anything, or it is not known which
     */
    public Optional<Integer> position(IntFunction<Optional<Values>> values) {
        List<Integer> rendering = ApplicationSource.rendering(application.path("spec"));
        List<Integer> fitting = rendering.stream().filter(at -> type(at).equals("Helm") || type(at).equals("Kustomize"))
                .toList();
        if (rendering.size() < 2 || fitting.size() == 1) {
            return rendering.size() < 2 ? Optional.empty() : Optional.of(fitting.get(0));
        }
        List<Integer> holding = fitting.stream().filter(at -> type(at).equals("Helm")
                && values.apply(at).map(FlatValues::new).filter(this::holdTag).isPresent()).toList();
        return holding.size() == 1 ? Optional.of(holding.get(0)) : Optional.empty();
    }

    private String type(int position) {
        return application.at("/status/sourceTypes").path(position).asText("");
    }

    private boolean holdTag(FlatValues values) {
        return new LiveObjects(live, List.of()).rollouts().stream()
                .map(rollout -> rollout.spec().at("/template/spec/containers"))
                .flatMap(containers -> IntStream.range(0, containers.size()).mapToObj(containers::path))
                .map(container -> ContainerImage.of("", container.path("image").asText("")))
                .anyMatch(image -> new TagSearch(values).of(image, Optional.empty()).place().isPresent());
    }
}
