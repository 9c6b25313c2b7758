package delivery.settings;

import delivery.text.Ellipsis;
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

    static final String SAME_IMAGE = "same-image";
    private static final int LONGEST_COMMAND = 200;

    public NewVersions {
        ready = List.copyOf(ready);
    }

    /** Which command will run, for somebody who did not mean that; empty if none will. */
    public Optional<String> announcement() {
        return command.filter(given -> !sameImage())
                .map(given -> "BUILD: new versions are made by the command " + Ellipsis.to(LONGEST_COMMAND, given));
    }

    /** Whether a new version is the deployed image under another tag. */
    public boolean sameImage() {
        return command.filter(SAME_IMAGE::equals).isPresent();
    }
}
