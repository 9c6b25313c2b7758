package delivery.layout;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.clone.ManifestObject;
import delivery.failure.EnvironmentNotFit;
import delivery.rollout.AnalysisRunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Finds out how new versions are made and whether that can work: files that are laid over an image must already exist
 * in it, or the application would not change.
 *
 * @param named   the way that the settings name; empty if files are laid over the image
 * @param built  whether the run builds them with an answer of its own choice
 * @param file   the file of the image that holds the version, where files are laid over it
 * @param faulty the tag of a version that the analysis is said to refuse
 */
public record BuildSurvey(Optional<NamedWay> named, boolean built, VersionFile file, Optional<String> faulty) {

    /** A way of making versions that a setting names, in words. */
    public record NamedWay(String setting, String words) {
    }

    /**
     * The file of the image that is replaced.
     *
     * @param path the absolute path
     * @param read reads its text from an image; empty if the image has no such file
     * @param fits whether a text can be given another version
     */
    public record VersionFile(String path, Function<ContainerImage, Optional<String>> read, Predicate<String> fits) {
    }

    List<Finding> findings(ManifestObject rollout, Set<String> providers, Optional<ContainerImage> image) {
        List<Finding> findings = new ArrayList<>();
        named.map(way -> Finding.set(Item.BUILD, way.words(), way.setting()))
                .or(() -> image.map(known -> layer(rollout, known))).ifPresent(findings::add);
        findings.add(faultyVersion(providers));
        return findings;
    }

    private Finding layer(ManifestObject rollout, ContainerImage image) {
        String value = "files of APP_SOURCE over the deployed image";
        try {
            Optional<String> text = file.read().apply(image);
            if (text.filter(file.fits()).isPresent()) {
                return Finding.found(Item.BUILD, value, "the image has " + file.path()
                        + " with one line of the version");
            }
            return Finding.missing(Item.BUILD, "the image has no " + file.path() + (text.isPresent()
                    ? " with one line VERSION = \"…\"" : "") + ", so that one laid over it would change nothing;"
                    + " VERSION_LINE names a line of another file, NEW_TAG versions that are built already"
                    + handed(rollout, image));
        } catch (EnvironmentNotFit unknown) {
            return Finding.found(Item.BUILD, value, "not looked into the image: " + unknown.what());
        }
    }

    /** Advice for an application that gets its tag from the chart, because it may answer by that; empty for others. */
    private static String handed(ManifestObject rollout, ContainerImage image) {
        for (JsonNode container : rollout.spec().at("/template/spec/containers")) {
            for (JsonNode variable : container.path("env")) {
                if (container.path("name").asText("").equals(image.container())
                        && variable.path("value").asText("").equals(image.tag()) && !image.tag().isEmpty()) {
                    return ", and BUILD=same-image will do if the application answers by its variable "
                            + variable.path("name").asText("") + ", which has the tag";
                }
            }
        }
        return "";
    }

    private Finding faultyVersion(Set<String> providers) {
        if (faulty.isPresent()) {
            return Finding.set(Item.FAULTY, faulty.get(), "FAULTY_TAG");
        }
        if (!built) {
            return Finding.none(Item.FAULTY, "none", "no version is built that answers something else than its tag"
                    + " says");
        }
        if (!providers.isEmpty() && providers.stream().noneMatch(AnalysisRunState::seesAnswers)) {
            return Finding.none(Item.FAULTY, "none", "the analysis asks " + String.join(" and ", providers)
                    + ", which does not see which version a canary answers with");
        }
        return Finding.found(Item.FAULTY, "one that answers another version than its tag says", "built like the others;"
                + " where the analysis does not compare the two, it says nothing");
    }
}
