package delivery.registry;

import java.nio.file.Path;

/** Lays the application's source, with another version in it, over the deployed image. */
public final class SourceBuild implements Build {

    private final ImageBuild images;
    private final VersionSource source;
    private final String directory;

    /**
     * @param source    folder that holds the application's {@code version.py}
     * @param directory where it lies in the image
     */
    public SourceBuild(ImageBuild images, Path source, String directory) {
        this.images = images;
        this.source = new VersionSource(source);
        this.directory = directory;
    }

    @Override
    public PushedImage make(ImageName base, String tag, String version) {
        try (SourceCopy copy = source.withVersion(version)) {
            return images.build(base, copy.folder(), directory, tag);
        }
    }
}
