package delivery.registry;

import delivery.failure.EnvironmentNotFit;
import delivery.history.CallLog;
import delivery.history.RecordedCall;
import delivery.settings.NewVersions;
import delivery.settings.Setting;
import delivery.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Creates a new version of the application and pushes it to the registry. Safe for use by many threads. */
public interface Build {

    /** Returns the build that the settings ask for; it keeps layers of base images in a folder, which it creates. */
    static Build of(Settings settings, RegistryAccess access, Path layers, CallLog log,
            UnaryOperator<String> redaction) {
        Registry registry = new Registry(access);
        NewVersions versions = settings.newVersions();
        if (versions.sameImage()) {
            return new SameImageBuild(registry, log);
        }
        if (versions.command().isPresent()) {
            // The command may have to log in to the registry, but to nothing else.
            return new CommandBuild(versions.command().get(), registry, log, new CommandBuild.Guards(
                    Duration.ofSeconds(Math.round(600 * settings.patience())), Set.of(Setting.ARGOCD_AUTH_TOKEN.name(),
                            Setting.ARGOCD_PASSWORD.name()), redaction));
        }
        ImageBuild images = new ImageBuild(access, layers, log);
        return versions.line().<Build>map(line -> new LineBuild(images, new ImageFiles(registry), line))
                .orElseGet(() -> new SourceBuild(images, new VersionSource(settings.appSource()),
                        settings.appDirectory()));
    }

    /**
     * Puts an image into the repository of its base.
     *
     * @param version the version that the application then reports
     * @return the image in the registry, after the push was recorded in the log
     * @throws delivery.failure.EnvironmentNotFit if it cannot be created or pushed
     */
    PushedImage make(ImageName base, String tag, String version);

    /** Adds the application's source, with another version in it, to the deployed image. */
    record SourceBuild(ImageBuild images, VersionSource source, String directory) implements Build {

        @Override
        public PushedImage make(ImageName base, String tag, String version) {
            try (SourceCopy copy = source.withVersion(version)) {
                return images.build(base, copy.folder(), directory, tag);
            }
        }
    }

    /** Gives the deployed image another tag: the application reports the tag that it is deployed with. */
    record SameImageBuild(Registry registry, CallLog log) implements Build {

        @Override
        public PushedImage make(ImageName base, String tag, String version) {
            ImageName other = base.withTag(tag);
            registry.call(base, "manifests", base.qualifier(), get -> get.header("Accept", Registry.MANIFESTS), 200,
                    held -> {
                        byte[] manifest = held.peekBody(Registry.LONGEST_MANIFEST).bytes();
                        MediaType type = MediaType.get(held.header("Content-Type", ""));
                        return registry.call(other, "manifests", tag,
                                put -> put.put(RequestBody.create(manifest, type)), 201, Response::code);
                    });
            PushedImage image = registry.image(other).orElseThrow(() -> new EnvironmentNotFit("The registry of " + other
                    + " does not have what it took", "See the registry's log"))
                    .by("docker buildx imagetools create --tag " + other + " " + base);
            log.record(new RecordedCall(image.at(), "registry", "PUT", image.path(), 201, ""));
            return image;
        }
    }
}
