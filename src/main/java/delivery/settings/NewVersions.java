package delivery.settings;

import java.util.List;
import java.util.Optional;

/**
 * How new versions come to be, as far as it is said. Of the first three one is there at most; where none is, files are
 * laid over the deployed image.
 *
 * @param command that builds and pushes one
 * @param line    of a file in the image that holds the version
 * @param ready   versions that the team has built itself; none if the run builds them
 * @param faulty  one that the delivery's own analysis refuses
 */
public record NewVersions(Optional<String> command, Optional<VersionLine> line, List<NamedVersion> ready,
        Optional<NamedVersion> faulty) {

    private static final String SAME_IMAGE = "same-image";

    public NewVersions {
        ready = List.copyOf(ready);
    }

    /** Whether a new version is the deployed image under another tag. */
    public boolean sameImage() {
        return command.filter(SAME_IMAGE::equals).isPresent();
    }
}
