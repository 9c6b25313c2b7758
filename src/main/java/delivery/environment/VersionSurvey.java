package delivery.environment;

import delivery.layout.BuildSurvey;
import delivery.layout.BuildSurvey.Said;
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
        return new BuildSurvey(said(versions), versions.ready().isEmpty() && !versions.sameImage(),
                new BuildSurvey.VersionFile(file, image -> text(platform, image, file), VersionSource::fits),
                versions.faulty().map(NamedVersion::tag));
    }

    private static Optional<Said> said(NewVersions versions) {
        if (versions.sameImage()) {
            return Optional.of(new Said("BUILD", "the deployed image under another tag"));
        }
        if (!versions.ready().isEmpty()) {
            return Optional.of(new Said("NEW_TAG", "by the team: " + versions.ready().stream()
                    .map(NamedVersion::tag).collect(Collectors.joining(", "))));
        }
        return versions.command().map(command -> new Said("BUILD", "by the command " + command))
                .or(() -> versions.line().map(line -> new Said("VERSION_LINE", "by the line " + line)));
    }

    private static Optional<String> text(Platform platform, ContainerImage image, String file) {
        try {
            return new ImageFiles(platform.registry()).text(ImageName.parse(image.toString()), file);
        } catch (IllegalArgumentException withoutTag) {
            return Optional.empty(); // an image without a tag is refused elsewhere
        }
    }
}
