package delivery.registry;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.failure.EnvironmentNotFit;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads files of images without pulling them: layer by layer, the newest first, until one has the file. */
public record ImageFiles(Registry registry) {

    /** A version is in a small file in one of the last layers. */
    private static final long LONGEST_FILE = 1024 * 1024;
    private static final long MOST_READ = 96L * 1024 * 1024;
    private static final int ZSTD = 0x28;
    private static final int GZIP = 0x1f;

    /**
     * @param path an absolute path
     * @return empty if the image has no such file
     * @throws EnvironmentNotFit if that cannot be determined
     */
    public Optional<String> text(ImageName image, String path) {
        return find(image, path).map(file -> new String(file.content(), StandardCharsets.UTF_8));
    }

    /** Returns the file; in an image for several platforms, that of the first platform. */
    Optional<ImageFile> find(ImageName image, String path) {
        List<JsonNode> layers = new ArrayList<>();
        Manifest manifest = registry.required(image, image.qualifier());
        (manifest.isIndex() ? registry.required(image, manifest.first(image)) : manifest).content().path("layers")
                .forEach(layers::add);
        Collections.reverse(layers);
        long read = 0;
        for (JsonNode layer : layers) {
            read += layer.path("size").asLong();
            if (read > MOST_READ) {
                throw unknown(image, path, "it was not in the last " + MOST_READ / 1024 / 1024 + " MB of its layers");
            }
            Optional<Found> found = registry.call(image, "blobs", layer.path("digest").asText(),
                    UnaryOperator.identity(), 200, answer -> in(answer.body().byteStream(), path.substring(1), image));
            if (found.isPresent()) {
                return found.get().file();
            }
        }
        return Optional.empty();
    }

    /** The state of a file in a layer; without a file, the layer deletes it. */
    private record Found(Optional<ImageFile> file) {
    }

    private static Optional<Found> in(InputStream layer, String path, ImageName image) throws IOException {
        Optional<Found> found = Optional.empty();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(unpacked(layer, path, image))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = entry.getName().replaceFirst("^(\\.?/)+", "");
                if (name.equals(path) && entry.isFile()) {
                    if (entry.getSize() > LONGEST_FILE) {
                        throw unknown(image, path, "it has " + entry.getSize() + " bytes");
                    }
                    return Optional.of(new Found(Optional.of(new ImageFile(tar.readAllBytes(), entry.getMode(),
                            entry.getLongUserId(), entry.getLongGroupId()))));
                }
                if (hides(name, path)) {
                    found = Optional.of(new Found(Optional.empty()));
                }
            }
        }
        return found;
    }

    /**
     * Whether an entry deletes a file of a lower layer, by the image specification's whiteouts
     * (https://github.com/opencontainers/image-spec/blob/main/layer.md).
     */
    private static boolean hides(String name, String path) {
        int slash = name.lastIndexOf('/') + 1;
        String folder = name.substring(0, slash);
        String last = name.substring(slash);
        return last.equals(".wh..wh..opq") ? path.startsWith(folder)
                : last.startsWith(".wh.") && (path + "/").startsWith(folder + last.substring(4) + "/");
    }

    private static InputStream unpacked(InputStream layer, String path, ImageName image) throws IOException {
        BufferedInputStream content = new BufferedInputStream(layer);
        content.mark(1);
        int first = content.read();
        content.reset();
        if (first == ZSTD) {
            throw unknown(image, path, "its layers are packed by zstd");
        }
        return first == GZIP ? new GZIPInputStream(content) : content;
    }

    private static EnvironmentNotFit unknown(ImageName image, String path, String why) {
        return new EnvironmentNotFit("It is not known whether " + image + " has /" + path.replaceFirst("^/", "")
                + ": " + why, "Set BUILD to the command that builds a version");
    }

    /**
     * A file in an image.
     *
     * @param mode  its permission bits, as in a file system
     * @param user  the number of its owner
     * @param group the number of its group
     */
    record ImageFile(byte[] content, int mode, long user, long group) {
    }
}
