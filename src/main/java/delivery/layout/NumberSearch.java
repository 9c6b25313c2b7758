package delivery.layout;

import delivery.chart.CanaryStep;
import delivery.chart.CanaryStepReader;
import delivery.chart.FlatValues;
import delivery.chart.FlatValues.Leaf;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks for the values that a scenario can override: pods, delay and steps. They are recognized by their names and
 * form, not by comparison with the live Rollout, because a chart that renders something other than its values say must
 * not escape judgement. The live Rollout decides only if several values fit, or if no delay has the usual name.
 *
 * @param tag the place of the release's tag, which shows whose pods are meant if several things have pods
 */
record NumberSearch(FlatValues values, Optional<TagPlace> tag) {

    private static final Pattern REPLICAS = Pattern.compile("(?i)(.*[-_.])?(replicas|replica[-_]?count)");
    /** The paths at which a number of pods is the release's own, even if it is not the live one. */
    private static final Pattern OF_A_RELEASE =
            Pattern.compile("(?i)(.*(rollout|strategy|canary|blue-?green|deploy|pod|app|server|web).*)?");
    private static final Pattern DELAY = Pattern.compile("(?i)scale[-_]?down[-_]?delay([-_]?seconds)?");

    /** A delay under another name, among the settings of a strategy. */
    private static final Pattern TIME = Pattern.compile("(?i).*(seconds|delay|keep).*");
    private static final Pattern OF_A_STRATEGY = Pattern.compile("(?i).*(strategy|rollout|blue-?green|canary).*");

    Search<String> replicas(int live, Optional<String> named) {
        Search<String> found = one(Item.VALUE_REPLICAS, named, leaf -> REPLICAS.matcher(leaf.name()).matches()
                && !leaf.isInList() && !leaf.path().contains("autoscaling"),
                leaf -> leaf.text().equals(String.valueOf(live)), "replicas: " + live);
        // A database in the values has pods of its own, too.
        boolean elsewhere = named.isEmpty() && found.place().flatMap(values::at).filter(leaf ->
                !leaf.text().equals(String.valueOf(live)) && !nearTheTag(leaf)
                        && !OF_A_RELEASE.matcher(leaf.parent()).matches()).isPresent();
        return elsewhere ? Search.open(Finding.missing(Item.VALUE_REPLICAS, found.place().get() + " alone has such a"
                + " name, but is away from the image, and the live Rollout has replicas: " + live)) : found;
    }

    Search<String> delay(int live, Optional<String> named) {
        Predicate<Leaf> equal = leaf -> leaf.text().equals(String.valueOf(live));
        Search<String> byName = one(Item.VALUE_DELAY, named, leaf -> DELAY.matcher(leaf.name()).matches()
                && !leaf.isInList(), equal, "scaleDownDelaySeconds: " + live);
        List<Leaf> byNumber = values.leaves().stream().filter(equal).filter(leaf -> !leaf.isInList()
                && TIME.matcher(leaf.name()).matches() && OF_A_STRATEGY.matcher(leaf.parent()).matches()).toList();
        return byName.finding().state() != Finding.State.NONE || byNumber.size() != 1 ? byName
                : Search.found(byNumber.get(0).path(), Finding.found(Item.VALUE_DELAY, byNumber.get(0).path(),
                        "the only time of a strategy that is the live Rollout's scaleDownDelaySeconds: " + live));
    }

    /** @param live the live Rollout's own; empty under blue-green */
    Search<String> steps(List<CanaryStep> live, Optional<String> named) {
        return one(Item.VALUE_STEPS, named, leaf -> leaf.isList() && !steps(leaf).isEmpty(),
                leaf -> steps(leaf).equals(live), live.isEmpty() ? "no canary now" : live.size() + " steps");
    }

    private Search<String> one(Item item, Optional<String> named, Predicate<Leaf> fits, Predicate<Leaf> live,
            String what) {
        if (named.isPresent()) {
            return Search.found(named.get(), Finding.set(item, named.get(), item.setting()));
        }
        List<Leaf> fitting = values.leaves().stream().filter(leaf -> !leaf.text().isEmpty()).filter(fits).toList();
        if (fitting.size() > 1) {
            List<Leaf> near = fitting.stream().filter(this::nearTheTag).toList();
            fitting = near.size() == 1 ? near : fitting;
        }
        List<Leaf> equal = fitting.size() > 1 ? fitting.stream().filter(live).toList() : fitting;
        List<Leaf> left = equal.isEmpty() ? fitting : equal;
        if (left.isEmpty()) {
            return Search.open(Finding.none(item, "none", "no value has that name and form; the live Rollout has "
                    + what));
        }
        if (left.size() > 1) {
            return Search.open(Finding.ambiguous(item, left.stream().map(Leaf::path).toList(),
                    "each fits, and the live Rollout has " + what));
        }
        Leaf leaf = left.get(0);
        return Search.found(leaf.path(), Finding.found(item, leaf.path(), "by its name and form; it "
                + (live.test(leaf) ? "is what the live Rollout has" : "differs from the live Rollout, which has "
                        + what)));
    }

    /** Whether a value is next to the image's mapping or in it: {@code api.replicaCount} for {@code api.image.tag}. */
    private boolean nearTheTag(Leaf leaf) {
        return tag.flatMap(place -> values.at(place.path())).map(image -> {
            String parent = image.parent();
            String above = parent.contains(".") ? parent.substring(0, parent.lastIndexOf('.')) : "";
            return leaf.parent().equals(parent) || leaf.parent().equals(above);
        }).orElse(false);
    }

    private static List<CanaryStep> steps(Leaf leaf) {
        List<?> list = leaf.value().filter(List.class::isInstance).map(value -> (List<?>) value).orElse(List.of());
        List<CanaryStep> steps = list.stream().flatMap(step -> CanaryStepReader.read(step).stream()).toList();
        boolean canary = steps.stream().anyMatch(step -> step instanceof CanaryStep.SetWeight
                || step instanceof CanaryStep.Pause || step instanceof CanaryStep.SetCanaryScale);
        return canary && steps.size() == list.size() && Stream.of(leaf).noneMatch(Leaf::isInList) ? steps : List.of();
    }
}
