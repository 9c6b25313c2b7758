package delivery.registry;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryAuthenticationFailedException;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.RegistryUnauthorizedException;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.registry.RegistryCredentialsNotSentException;
import delivery.failure.EnvironmentNotFit;
import delivery.history.CallLog;
import delivery.history.RecordedCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Creates a new version's image from the deployed one: its layers and configuration, and one more layer with the
 * application's source. Docker is not needed. Safe for use by many threads.
 *
 * <p>Jib repeats a call if its connection breaks, even a push, and this cannot be turned off. It is harmless: names of
 * pushed content are digests or a tag of this run's own, so pushing it twice has the same effect as once.
 */
public final class ImageBuild {

    private static final FilePermissions EXECUTABLE = FilePermissions.fromOctalString("755");

    private final RegistryAccess access;
    private final Registry registry;
    private final Path cache;
    private final CallLog log;

    /** @param cache the folder for the layers of base images, which is created if it is missing */
    public ImageBuild(RegistryAccess access, Path cache, CallLog log) {
        this.access = access;
        this.registry = new Registry(access);
        this.cache = cache;
        this.log = log;
    }

    /**
     * Builds the image for all platforms of its base, and pushes it to the repository of its base. The same base and
     * source give the same image.
     *
     * @param directory the folder's place in the image
     * @throws EnvironmentNotFit     if the registry refuses it, cannot be reached or does not have the base
     * @throws IllegalStateException if the thread is interrupted
     */
    public PushedImage build(ImageName base, Path source, String directory, String tag) {
        try {
            return build(base, layer(source, directory), tag);
        } catch (IOException e) {
            throw failed(base.withTag(tag), base, e);
        }
    }

    /** Builds and pushes an image with any layer over the base. */
    PushedImage build(ImageName base, FileEntriesLayer layer, String tag) {
        ImageName image = base.withTag(tag);
        try {
            JibContainerBuilder content = Jib.from(registryImage(base)).addFileEntriesLayer(layer);
            Manifest deployed = registry.required(base, base.qualifier());
            if (deployed.isIndex()) {
                content.setPlatforms(platforms(base, deployed));
            }
            PushedImage result = pushed(image, push(content, image), deployed.isIndex());
            log.record(new RecordedCall(result.at(), "registry", "PUT", result.path(), 201, ""));
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(image, e);
        } catch (EnvironmentNotFit e) {
            throw Thread.currentThread().isInterrupted() ? interrupted(image, e) : e;
        } catch (RegistryCredentialsNotSentException e) {
            throw new EnvironmentNotFit(Registry.notOverHttp(image), Registry.HTTPS, e);
        } catch (RegistryUnauthorizedException | RegistryAuthenticationFailedException e) {
            throw new EnvironmentNotFit("The registry at " + access.address(image) + " refused to let " + image
                    + " be made of " + base + ": "
                    + e.getMessage(), Registry.LOGIN, e);
        } catch (RegistryException | CacheDirectoryCreationException | IOException e) {
            throw failed(image, base, e);
        } catch (ExecutionException e) {
            throw failed(image, base, e.getCause());
        }
    }

    private static Set<Platform> platforms(ImageName base, Manifest index) {
        if (index.platforms().isEmpty()) {
            throw Manifest.noPlatform(base);
        }
        return index.platforms();
    }

    /**
     * Returns the pushed image. Nodes run an index's manifest for their platform, so its manifests are read, and each
     * is checked by its digest. Nothing else is required here: a criterion checks whether the registry kept them.
     */
    private PushedImage pushed(ImageName image, JibContainer pushed, boolean index) {
        Instant at = Instant.now();
        String digest = pushed.getDigest().toString();
        Optional<PushedImage> kept = index ? registry.image(image, digest) : Optional.empty();
        return kept.orElseGet(() -> new PushedImage(image, digest, pushed.getImageId().toString(), at));
    }

    private JibContainer push(JibContainerBuilder content, ImageName image) throws InterruptedException,
            RegistryException, IOException, CacheDirectoryCreationException, ExecutionException {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            return content.containerize(Containerizer.to(registryImage(image))
                    .setExecutorService(threads)
                    .setAllowInsecureRegistries(access.plainHttp())
                    .setBaseImageLayersCache(cache.resolve("base"))
                    .setApplicationLayersCache(cache.resolve("application"))
                    .setToolName("progressive-delivery-acceptance"));
        } finally {
            // A push that failed or was interrupted must not continue in the background.
            threads.shutdownNow();
            threads.awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    private RegistryImage registryImage(ImageName image) {
        return RegistryImage.named(access.reference(image)).addCredentialRetriever(access.credentials(image));
    }

    private static IllegalStateException interrupted(ImageName image, Exception cause) {
        return new IllegalStateException("interrupted while " + image + " was pushed", cause);
    }

    private static FileEntriesLayer layer(Path source, String directory) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("application");
        // Add the folder's contents, not the folder itself: the base's folder keeps its owner and permissions.
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.sorted().toList()) {
                layer.addEntryRecursive(file, AbsoluteUnixPath.get(directory).resolve(file.getFileName().toString()),
                        (from, to) -> Files.isExecutable(from) ? EXECUTABLE : FilePermissions.DEFAULT_FILE_PERMISSIONS);
            }
        }
        return layer.build();
    }

    private EnvironmentNotFit failed(ImageName image, ImageName base, Throwable cause) {
        return new EnvironmentNotFit("The image " + image + " could not be made of " + base + " in the registry at "
                + access.address(image) + ": " + cause.getMessage(), "Check REGISTRY, and that " + base
                + " is in it", cause);
    }
}
