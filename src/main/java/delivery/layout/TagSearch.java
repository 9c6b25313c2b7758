package delivery.layout;

import delivery.chart.FlatValues;
import delivery.chart.FlatValues.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks for the value that the tag of the live image comes from: it has the very tag, or the whole image, or is an
 * empty tag beside the image's repository, for which a chart takes its appVersion.
 */
record TagSearch(FlatValues values) {

    private static final Pattern TAG = Pattern.compile("(?i)(.*[-_.])?(image)?[-_]?(tag|version)");
    /** As in {@code newTag} or {@code appVersion}: counts where no value has a plainer name. */
    private static final Pattern LOOSE_TAG = Pattern.compile("(?i)[^/]*(tag|version)");
    private static final Pattern EMPTY_TAG = Pattern.compile("(?i)(.*[-_.])?(image)?[-_]?tag");
    private static final Pattern REPOSITORY = Pattern.compile("(?i).*(repo(sitory)?|image|name)");

    Search<TagPlace> of(ContainerImage image, Optional<String> named) {
        if (named.isPresent() && named.get().contains("[")) {
            return Search.open(inList(named.get()));
        }
        if (named.isPresent()) {
            return Search.found(place(named.get(), image), Finding.set(Item.VALUE_TAG, named.get(), "VALUE_TAG"));
        }
        List<Leaf> beside = new ArrayList<>();
        List<Leaf> alone = new ArrayList<>();
        List<Leaf> loose = new ArrayList<>();
        for (Leaf leaf : values.leaves()) {
            if (leaf.isList() || !holdsTag(leaf.text(), image)) {
                continue;
            }
            if (isWhole(leaf.text(), image) || ofTheImage(leaf, image)) {
                beside.add(leaf);
            } else if (!ofAnotherImage(leaf, image) && TAG.matcher(leaf.name()).matches()) {
                alone.add(leaf);
            } else if (!ofAnotherImage(leaf, image) && LOOSE_TAG.matcher(leaf.name()).matches()) {
                loose.add(leaf);
            }
        }
        List<Leaf> plain = Stream.concat(beside.stream(), alone.stream()).toList();
        List<Leaf> fitting = plain.isEmpty() ? loose : plain;
        if (fitting.isEmpty()) {
            return empty(image);
        }
        if (fitting.size() > 1) {
            return Search.open(Finding.ambiguous(Item.VALUE_TAG, fitting.stream().map(Leaf::path).toList(),
                    "each has the live image's tag " + image.tag()));
        }
        Leaf leaf = fitting.get(0);
        if (leaf.isInList()) {
            return Search.open(inList(leaf.path()));
        }
        String reason = isWhole(leaf.text(), image) ? "it is the live image " + image
                : "it has the live image's tag " + image.tag() + (beside.isEmpty() ? "" : " beside its repository");
        TagPlace place = place(leaf.path(), image);
        return Search.found(place, Finding.found(Item.VALUE_TAG, leaf.path(), reason
                + place.digest().map(path -> "; " + path + " pins it by a digest").orElse("")));
    }

    private static Finding inList(String path) {
        return Finding.missing(Item.VALUE_TAG, path + " stands in a list, where a parameter would lose what the other"
                + " elements hold; move it out of the list");
    }

    /** A chart takes its appVersion where the tag is empty. */
    private Search<TagPlace> empty(ContainerImage image) {
        List<Leaf> beside = values.leaves().stream().filter(leaf -> !leaf.isList() && !leaf.isInList()
                && leaf.text().isEmpty()
                && EMPTY_TAG.matcher(leaf.name()).matches() && ofTheImage(leaf, image)).toList();
        if (beside.size() == 1) {
            String path = beside.get(0).path();
            return Search.found(place(path, image), Finding.found(Item.VALUE_TAG, path,
                    "it is empty beside the live image's repository, so that the chart's appVersion counts: the live"
                            + " tag is " + image.tag()));
        }
        if (beside.size() > 1) {
            return Search.open(Finding.ambiguous(Item.VALUE_TAG, beside.stream().map(Leaf::path).toList(),
                    "each is empty beside the live image's repository"));
        }
        Optional<Leaf> part = values.leaves().stream().filter(leaf -> isPart(leaf, image)).findFirst();
        if (part.isPresent()) {
            return Search.open(Finding.missing(Item.VALUE_TAG, part.get().path() + " is " + part.get().text()
                    + ", and the live tag is " + image.tag() + ": the chart's template adds the rest, and would add it"
                    + " to every tag; write the whole tag into the value"));
        }
        return Search.open(Finding.missing(Item.VALUE_TAG, "no value has the live image's tag "
                + (image.tag().isEmpty() ? "(it has none)" : image.tag())
                + ", and none is an empty tag beside its repository " + image.repository()));
    }

    /** Whether a template makes the live tag of it: {@code v{{ .Values.image.tag }}}. */
    private static boolean isPart(Leaf leaf, ContainerImage image) {
        return !leaf.isList() && TAG.matcher(leaf.name()).matches() && leaf.text().length() > 2
                && !leaf.text().equals(image.tag()) && !ofAnotherImage(leaf, image)
                && (image.tag().startsWith(leaf.text()) || image.tag().endsWith(leaf.text()));
    }

    private TagPlace place(String path, ContainerImage image) {
        String text = values.at(path).map(Leaf::text).orElse("");
        String before = isWhole(text, image) ? text.substring(0, text.lastIndexOf(':',
                text.contains("@") ? text.indexOf('@') : text.length()) + 1) : "";
        Optional<String> digest = image.digest().flatMap(pinned -> values.leaves().stream()
                .filter(leaf -> leaf.text().equals(pinned) || leaf.text().equals(pinned.replace("sha256:", "")))
                .map(Leaf::path).filter(other -> !other.equals(path)).findFirst());
        return new TagPlace(path, before, digest);
    }

    private static boolean holdsTag(String text, ContainerImage image) {
        String named = withoutDigest(text);
        return !image.tag().isEmpty() && (named.equals(image.tag()) || isWhole(text, image));
    }

    private static boolean isWhole(String text, ContainerImage image) {
        String named = withoutDigest(text);
        return !image.tag().isEmpty() && named.endsWith(":" + image.tag())
                && image.isOf(named.substring(0, named.length() - image.tag().length() - 1));
    }

    private static String withoutDigest(String text) {
        return text.replaceFirst("@sha256:.*", "");
    }

    private static boolean ofTheImage(Leaf leaf, ContainerImage image) {
        return repositories(leaf).anyMatch(image::isOf);
    }

    /** A repository beside it, which is not the live image's. */
    private static boolean ofAnotherImage(Leaf leaf, ContainerImage image) {
        return repositories(leaf).findAny().isPresent() && !ofTheImage(leaf, image);
    }

    private static Stream<String> repositories(Leaf leaf) {
        return leaf.siblings().entrySet().stream().filter(entry -> entry.getValue() instanceof String
                        && REPOSITORY.matcher(String.valueOf(entry.getKey())).matches()
                        && !TAG.matcher(String.valueOf(entry.getKey())).matches())
                .map(entry -> String.valueOf(entry.getValue())).filter(text -> text.contains("/")
                        || leaf.siblings().containsKey("registry") || leaf.siblings().size() <= 4);
    }
}
