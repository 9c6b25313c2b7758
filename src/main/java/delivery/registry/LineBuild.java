package delivery.registry;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import delivery.failure.EnvironmentNotFit;
import delivery.registry.ImageFiles.ImageFile;
import delivery.settings.VersionLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;

/** Creates a new version by changing the version's text in a file of the deployed image. */
public record LineBuild(ImageBuild images, ImageFiles files, VersionLine line) implements Build {

    @Override
    public PushedImage make(ImageName base, String tag, String version) {
        ImageFile file = files.find(base, line.file()).orElseThrow(() -> new EnvironmentNotFit(
                "The image " + base + " has no file " + line.file(), "Correct VERSION_LINE"));
        try (SourceCopy copy = new SourceCopy(Files.createTempDirectory("version-line-"))) {
            FileEntriesLayer layer = FileEntriesLayer.builder().setName("version")
                    .addEntry(Files.write(copy.folder().resolve("file"), rewritten(file, version)),
                            AbsoluteUnixPath.get(line.file()), FilePermissions.fromOctalString(
                                    Integer.toOctalString(01000 | file.mode() & 0777).substring(1)),
                            Instant.EPOCH.plusSeconds(1), file.user() + ":" + file.group())
                    .build();
            return images.build(base, layer, tag);
        } catch (IOException e) {
            throw new UncheckedIOException("a copy of " + line.file() + " could not be written: " + e.getMessage(), e);
        }
    }

    /** Rewrites bytes: everything that the expression does not match stays the same in any encoding. */
    private byte[] rewritten(ImageFile file, String version) {
        String text = new String(file.content(), StandardCharsets.ISO_8859_1);
        List<MatchResult> found = line.pattern().matcher(text).results().toList();
        if (found.size() != 1 || found.get(0).start(1) < 0) {
            throw new EnvironmentNotFit(line.file() + " in the image has " + found.size() + " places that "
                    + line.pattern() + " matches, and one is expected", "Correct VERSION_LINE");
        }
        MatchResult place = found.get(0);
        return (text.substring(0, place.start(1)) + version + text.substring(place.end(1)))
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
