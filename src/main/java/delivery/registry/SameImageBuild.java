package delivery.registry;

import delivery.failure.EnvironmentNotFit;
import delivery.history.CallLog;
import delivery.history.RecordedCall;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Gives the deployed image another tag: the application answers with the one that it is deployed by. */
public record SameImageBuild(Registry registry, CallLog log) implements Build {

    @Override
    public PushedImage make(ImageName base, String tag, String version) {
        ImageName other = base.withTag(tag);
        registry.call(base, "manifests", base.qualifier(), get -> get.header("Accept", Registry.MANIFESTS), 200,
                held -> {
                    byte[] manifest = held.peekBody(Registry.LONGEST_MANIFEST).bytes();
                    MediaType type = MediaType.get(held.header("Content-Type", ""));
                    return registry.call(other, "manifests", tag, put -> put.put(RequestBody.create(manifest, type)),
                            201, Response::code);
                });
        PushedImage image = registry.image(other).orElseThrow(() -> new EnvironmentNotFit("The registry of " + other
                + " does not have what it took", "See the registry's log"))
                .by("docker buildx imagetools create --tag " + other + " " + base);
        log.record(new RecordedCall(image.at(), "registry", "PUT", image.path(), 201, ""));
        return image;
    }
}
