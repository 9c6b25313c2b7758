package delivery.environment;

import delivery.failure.EnvironmentNotFit;
import delivery.registry.ImageName;
import delivery.registry.Registry;
import delivery.settings.NamedVersion;
import delivery.settings.NewVersions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks that the registry accepts the new versions, or has them if the team built them. */
record RegistryCheck(Registry registry, NewVersions versions) {

    /** @throws EnvironmentNotFit if the registry does not take a push that is needed, or lacks a named version */
    String of(ImageName deployed) {
        String repository = deployed.registry() + "/" + deployed.repository();
        List<String> found = new ArrayList<>();
        if (versions.ready().isEmpty() && (versions.command().isEmpty() || versions.sameImage())) {
            registry.requirePush(deployed);
            found.add(registry.address(deployed) + " takes pushes of " + repository);
        }
        named().forEach(version -> found.add(held(deployed, version)));
        return found.isEmpty() ? registry.address(deployed) + " has " + held(deployed, deployed.tag())
                + "; BUILD pushes beside it" : String.join("; ", found);
    }

    private Stream<NamedVersion> named() {
        return Stream.concat(versions.ready().stream(), versions.faulty().stream());
    }

    private String held(ImageName deployed, NamedVersion version) {
        if (version.tag().equals(deployed.tag())) {
            throw new EnvironmentNotFit("The live release runs " + deployed.tag() + ", which is named as a new version",
                    "Name another one by NEW_TAG and FAULTY_TAG");
        }
        return held(deployed, version.tag()) + " is there";
    }

    private String held(ImageName deployed, String tag) {
        return registry.manifestDigest(deployed.withTag(tag)).map(digest -> tag).orElseThrow(() ->
                new EnvironmentNotFit("The registry at " + registry.address(deployed) + " has no "
                        + deployed.withTag(tag), "Push it, or correct NEW_TAG and FAULTY_TAG"));
    }

    /** The command that a person would type for the check. */
    String command(ImageName deployed) {
        return named().findFirst().map(NamedVersion::tag)
                .or(() -> versions.command().filter(command -> !versions.sameImage()).map(command -> deployed.tag()))
                .map(tag -> "docker manifest inspect " + deployed.withTag(tag))
                .orElseGet(() -> "curl --request POST " + registry.address(deployed) + "v2/" + deployed.repository()
                        + "/blobs/uploads/");
    }
}
