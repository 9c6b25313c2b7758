package delivery.layout;

import delivery.chart.FlatValues;
import delivery.chart.FlatValues.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks for the value that the tag of the live image comes from: it holds the tag itself or the whole image, or is an
 * empty tag next to the image's repository, for which a chart uses its appVersion.
 */
record TagSearch(FlatValues values) {

    private static final Pattern TAG = Pattern.compile("(?i)(.*[-_.])?(image)?[-_]?(tag|version)");
    /** Looser names, such as {@code newTag} or {@code appVersion}, which count if no value has a plainer name. */
    private static final Pattern LOOSE_TAG = Pattern.compile("(?i)[^/]*(tag|version)");
    private static final Pattern EMPTY_TAG = Pattern.compile("(?i)(.*[-_.])?(image)?[-_]?tag");
    /** The path of a mapping of environment variables. */
    private static final Pattern ENVIRONMENT = Pattern.compile("(?i)(.*\\.)?\\w*env(ironment)?([-_]?var(iable)?s?)?");
    private static final Pattern REPOSITORY = Pattern.compile("(?i).*(repo(sitory)?|image|name)");

    Search<TagPlace> of(ContainerImage image, Optional<String> named) {
        if (named.isPresent()) {
            return named(List.of(named.get().split(",")), image);
        }
        List<Leaf> ofImage = new ArrayList<>();
        List<Leaf> alone = new ArrayList<>();
        List<Leaf> loose = new ArrayList<>();
        for (Leaf leaf : values.leaves()) {
            if (leaf.isList() || !holdsTag(leaf.text(), image) || isHanded(leaf, image)) {
                continue;
            }
            if (isWhole(leaf.text(), image) || ofTheImage(leaf, image)) {
                ofImage.add(leaf);
            } else if (!ofAnotherImage(leaf, image) && TAG.matcher(leaf.name()).matches()) {
                alone.add(leaf);
            } else if (!ofAnotherImage(leaf, image) && LOOSE_TAG.matcher(leaf.name()).matches()) {
                loose.add(leaf);
            }
        }
        List<Leaf> plain = Stream.concat(ofImage.stream(), alone.stream()).toList();
        List<Leaf> fitting = plain.isEmpty() ? loose : plain;
        if (fitting.isEmpty()) {
            Search<TagPlace> empty = empty(image);
            List<Leaf> handed = values.leaves().stream().filter(leaf -> isHanded(leaf, image)).toList();
            return empty.place().isEmpty() && handed.size() == 1 ? found(handed.get(0), ofImage, image) : empty;
        }
        if (fitting.size() > 1) {
            return Search.open(Finding.ambiguous(Item.VALUE_TAG, fitting.stream().map(Leaf::path).toList(),
                    "each has the live image's tag " + image.tag()));
        }
        // A label may have the tag, too, and only its name speaks for it.
        List<Leaf> empty = ofImage.isEmpty() ? emptyOf(image) : List.of();
        if (!empty.isEmpty()) {
            return Search.open(Finding.ambiguous(Item.VALUE_TAG, Stream.concat(fitting.stream(), empty.stream())
                    .map(Leaf::path).toList(), "the first has the live image's tag " + image.tag()
                    + ", and the chart's appVersion may count where a tag beside its repository is empty"));
        }
        return found(fitting.get(0), ofImage, image);
    }

    private Search<TagPlace> found(Leaf leaf, List<Leaf> ofImage, ContainerImage image) {
        String reason = isWhole(leaf.text(), image) ? "it is the live image " + image
                : "it has the live image's tag " + image.tag() + (ofImage.isEmpty() ? "" : " beside its repository");
        TagPlace place = place(leaf.path(), image);
        return Search.found(place, Finding.found(Item.VALUE_TAG, leaf.path(), reason
                + place.digest().map(path -> "; " + path + " pins it by a digest").orElse("") + also(place)
                + (leaf.isInList() ? "; the whole list is written, and the tag is a parameter over it" : "")));
    }

    private Search<TagPlace> named(List<String> paths, ContainerImage image) {
        Optional<String> obstacle = paths.stream().flatMap(path -> values.obstacle(path).stream()).findFirst();
        if (obstacle.isPresent()) {
            return Search.open(Finding.missing(Item.VALUE_TAG, obstacle.get()));
        }
        List<TagPlace> places = paths.stream().map(path -> place(path, image)).toList();
        TagPlace first = places.get(0);
        return Search.found(new TagPlace(first.path(), first.before(), first.digest(), Stream.concat(
                        first.alike().stream().filter(other -> !paths.contains(other.path())),
                        places.stream().skip(1)).toList()),
                Finding.set(Item.VALUE_TAG, String.join(",", paths), "VALUE_TAG" + also(first)));
    }

    private static String also(TagPlace place) {
        return place.alike().isEmpty() ? "" : "; the application is handed the tag by "
                + String.join(", ", place.alike().stream().map(TagPlace::path).toList()) + " too";
    }

    /** Whether the value hands the tag to the application, as an environment variable that the values write out. */
    private static boolean isHanded(Leaf leaf, ContainerImage image) {
        String named = leaf.name().equals("value") ? String.valueOf(leaf.siblings().get("name")) : leaf.name();
        boolean variable = leaf.name().equals("value") ? leaf.isInList() : ENVIRONMENT.matcher(leaf.parent()).matches();
        return variable && !leaf.isList() && !image.tag().isEmpty() && leaf.text().equals(image.tag())
                && TAG.matcher(named).matches();
    }

    /** Searches for an empty tag, for which a chart uses its appVersion. */
    private Search<TagPlace> empty(ContainerImage image) {
        List<Leaf> siblings = emptyOf(image);
        if (siblings.size() == 1) {
            String path = siblings.get(0).path();
            return Search.found(place(path, image), Finding.found(Item.VALUE_TAG, path,
                    "it is empty beside the live image's repository, so that the chart's appVersion counts: the live"
                            + " tag is " + image.tag()));
        }
        if (siblings.size() > 1) {
            return Search.open(Finding.ambiguous(Item.VALUE_TAG, siblings.stream().map(Leaf::path).toList(),
                    "each is empty beside the live image's repository"));
        }
        Optional<Leaf> part = part(image);
        if (part.isPresent()) {
            return Search.open(Finding.missing(Item.VALUE_TAG, part.get().path() + " is " + part.get().text()
                    + ", and the live tag is " + image.tag() + ": the chart's template adds the rest, and would add it"
                    + " to every tag; write the whole tag into the value"));
        }
        return Search.open(Finding.missing(Item.VALUE_TAG, "no value has the live image's tag "
                + (image.tag().isEmpty() ? "(it has none)" : image.tag())
                + ", and none is an empty tag beside its repository " + image.repository()));
    }

    private List<Leaf> emptyOf(ContainerImage image) {
        return values.leaves().stream().filter(leaf -> !leaf.isList() && leaf.text().isEmpty()
                && EMPTY_TAG.matcher(leaf.name()).matches() && ofTheImage(leaf, image)).toList();
    }

    /** The value from which a template builds the live tag: {@code v{{ .Values.image.tag }}}. */
    Optional<Leaf> part(ContainerImage image) {
        return values.leaves().stream().filter(leaf -> isPart(leaf, image)).findFirst();
    }

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
        List<TagPlace> handed = values.leaves().stream().filter(leaf -> !leaf.path().equals(path)
                && isHanded(leaf, image)).map(leaf -> new TagPlace(leaf.path(), "", Optional.empty())).toList();
        return new TagPlace(path, before, digest, handed);
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

    /** Whether the value is next to a repository that is not the live image's. */
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
