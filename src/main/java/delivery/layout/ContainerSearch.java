package delivery.layout;

import delivery.chart.FlatValues;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks for the container that runs the release, because a pod may have other containers, too. */
record ContainerSearch(List<ContainerImage> images, Optional<FlatValues> values, NamedPlaces named) {

    /** @param rollout the name of the Rollout, which the release's own container often has */
    Search<ContainerImage> of(String rollout) {
        Optional<String> name = named.of(Item.IMAGE);
        if (name.isPresent()) {
            return images.stream().filter(image -> image.container().equals(name.get())).findFirst()
                    .map(image -> Search.found(image, Finding.set(Item.IMAGE, image.toString(), "CONTAINER")))
                    .orElseGet(() -> Search.open(Finding.ambiguous(Item.IMAGE, names(images),
                            "there is no container " + name.get())));
        }
        if (images.size() == 1) {
            return found(images.get(0), "the live Rollout's only container");
        }
        List<ContainerImage> delivered = images.stream().filter(image -> tags().anyMatch(tag ->
                tag.of(image, Optional.empty()).place().isPresent())).toList();
        List<ContainerImage> called = images.stream().filter(image -> image.container().equals(rollout)).toList();
        // It may be a sidecar's tag if another container has the Rollout's name, or if a value is part of its tag.
        List<ContainerImage> others = images.stream().filter(image -> !delivered.contains(image)
                && (called.contains(image) || tags().anyMatch(tag -> tag.part(image).isPresent()))).toList();
        if (delivered.size() == 1 && others.isEmpty()) {
            return found(delivered.get(0), "of the live Rollout's containers the one whose tag a value has");
        }
        if (delivered.size() == 1) {
            return Search.open(Finding.ambiguous(Item.IMAGE, names(images), "a value has the tag of "
                    + delivered.get(0).container() + ", and " + String.join(", ", names(others))
                    + (called.containsAll(others) ? " has the Rollout's name" : " has a tag that a value is part of")));
        }
        if (called.size() == 1) {
            return found(called.get(0), "of the live Rollout's containers the one with the Rollout's name");
        }
        return images.isEmpty() ? Search.open(Finding.missing(Item.IMAGE, "the Rollout has no containers of its own: it"
                + " takes its template from a workloadRef, which is not supported"))
                : Search.open(Finding.ambiguous(Item.IMAGE, names(images), "the live Rollout has several containers"));
    }

    private Stream<TagSearch> tags() {
        return values.map(TagSearch::new).stream();
    }

    private static Search<ContainerImage> found(ContainerImage image, String reason) {
        return Search.found(image, Finding.found(Item.IMAGE, image + " in container " + image.container(), reason));
    }

    private static List<String> names(List<ContainerImage> images) {
        return images.stream().map(ContainerImage::container).toList();
    }
}
