package delivery.settings;

import delivery.text.Ellipsis;
import java.util.List;
import java.util.Optional;

/**
 * The way in which new versions are built. At most one of the first three is set; without any, files of the source are
 * added to the deployed image.
 *
 * @param command a command that builds and pushes a version
 * @param line    the line of a file in the image that contains the version
 * @param ready   versions that the team has built itself; none if the run builds them
 * @param faulty  a version that the delivery's own analysis rejects
 */
public record NewVersions(Optional<String> command, Optional<VersionLine> line, List<NamedVersion> ready,
        Optional<NamedVersion> faulty) {

    static final String SAME_IMAGE = "same-image";
    private static final int LONGEST_COMMAND = 200;

    public NewVersions {
        ready = List.copyOf(ready);
    }

    /** Returns a notice of the command that will run, in case BUILD was set by accident; empty if none will run. */
    public Optional<String> announcement() {
        return command.filter(given -> !sameImage())
                .map(given -> "BUILD: new versions are made by the command " + Ellipsis.to(LONGEST_COMMAND, given));
    }

    /** Whether a new version is the deployed image under another tag. */
    public boolean sameImage() {
        return command.filter(SAME_IMAGE::equals).isPresent();
    }
}
