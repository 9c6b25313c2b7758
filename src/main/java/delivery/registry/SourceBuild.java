package delivery.registry;

/** Lays the application's source, with another version in it, over the deployed image. */
public record SourceBuild(ImageBuild images, VersionSource source, String directory) implements Build {

    @Override
    public PushedImage make(ImageName base, String tag, String version) {
        try (SourceCopy copy = source.withVersion(version)) {
            return images.build(base, copy.folder(), directory, tag);
        }
    }
}
