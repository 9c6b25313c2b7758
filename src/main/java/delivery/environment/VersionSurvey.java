package delivery.environment;

import delivery.layout.BuildSurvey;
import delivery.layout.BuildSurvey.NamedWay;
import delivery.layout.ContainerImage;
import delivery.registry.ImageFiles;
import delivery.registry.ImageName;
import delivery.registry.VersionSource;
import delivery.settings.NamedVersion;
import delivery.settings.NewVersions;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds out from the settings and the deployed image how new versions are made. */
final class VersionSurvey {

    private VersionSurvey() {
    }

    static BuildSurvey of(Platform platform) {
        NewVersions versions = platform.settings().newVersions();
        String file = platform.settings().appDirectory() + "/" + VersionSource.FILE;
        return new BuildSurvey(named(versions), versions.ready().isEmpty() && !versions.sameImage(),
                new BuildSurvey.VersionFile(file, image -> text(platform, image, file), VersionSource::fits),
                versions.faulty().map(NamedVersion::tag));
    }

    private static Optional<NamedWay> named(NewVersions versions) {
        if (versions.sameImage()) {
            return Optional.of(new NamedWay("BUILD", "the deployed image under another tag"));
        }
        if (!versions.ready().isEmpty()) {
            return Optional.of(new NamedWay("NEW_TAG", "by the team: " + versions.ready().stream()
                    .map(NamedVersion::tag).collect(Collectors.joining(", "))));
        }
        return versions.command().map(command -> new NamedWay("BUILD", "by the command " + command))
                .or(() -> versions.line().map(line -> new NamedWay("VERSION_LINE", "by the line " + line)));
    }

    private static Optional<String> text(Platform platform, ContainerImage image, String file) {
        try {
            return new ImageFiles(platform.registry()).text(ImageName.parse(image.toString()), file);
        } catch (IllegalArgumentException withoutTag) {
            return Optional.empty(); // an image without a tag is refused elsewhere
        }
    }
}
