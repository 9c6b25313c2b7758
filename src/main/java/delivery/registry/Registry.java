package delivery.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tools.jib.api.Credential;
import delivery.failure.EnvironmentNotFit;
import delivery.http.Proxies;
import delivery.http.ReadRetryInterceptor;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** A registry, by the <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">OCI API</a>. */
public final class Registry {

    static final String LOGIN = "Set REGISTRY_USERNAME and REGISTRY_PASSWORD to a user who may push there, "
            + "or log in with docker login";
    static final String HTTPS = "Set REGISTRY to an https:// URL";

    /** Every kind of manifest: a registry converts one that is not accepted, which changes its digest. */
    static final String MANIFESTS = String.join(", ",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.docker.distribution.manifest.list.v2+json");
    /** The largest manifest that registries accept, 4 MiB. */
    static final long LONGEST_MANIFEST = 4 * 1024 * 1024;
    /** The status codes of registries that delete only by digest. */
    private static final Set<Integer> NOT_BY_TAG = Set.of(400, 404, 405);
    private static final String DIGEST = "Docker-Content-Digest";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final RegistryAccess access;
    private final OkHttpClient client;

    public Registry(RegistryAccess access) {
        this(access, new OkHttpClient());
    }

    Registry(RegistryAccess access, OkHttpClient client) {
        this(ReadRetryInterceptor.in(client.newBuilder(), ReadRetryInterceptor.FIRST_PAUSE).callTimeout(LONGEST)
                .retryOnConnectionFailure(false).proxyAuthenticator(Proxies::authorized).build(), access);
    }

    private Registry(OkHttpClient client, RegistryAccess access) {
        this.access = access;
        this.client = client;
    }

    /** Returns the same registry with this limit for each call, but at most 20 s. */
    public Registry within(Duration longest) {
        return longest.compareTo(LONGEST) > 0 ? this
                : new Registry(client.newBuilder().callTimeout(longest).build(), access);
    }

    /** Returns the address of an image's registry, which may differ from the one in its name. */
    public String address(ImageName image) {
        return access.address(image);
    }

    /**
     * Reads the image's manifest by its tag and again by its digest, or only by its digest if that pins the image.
     *
     * @return digest of the manifest, computed from the registry's answer: {@code sha256:…}; empty if the registry has
     *         no such tag, or no manifest with that digest
     * @throws EnvironmentNotFit if the registry cannot be reached, refuses, answers with something else than a
     *                           manifest, or sends another manifest than the digest names
     */
    public Optional<String> manifestDigest(ImageName image) {
        Optional<String> byTag = digestOf(image, image.qualifier());
        byTag.filter(digest -> image.digest().isEmpty()).ifPresent(digest -> {
            if (!digestOf(image, digest).equals(byTag)) {
                throw noRegistry(image, "it does not have the manifest " + digest + " that the tag names");
            }
        });
        return byTag;
    }

    /**
     * Checks that images can be pushed to the image's repository, by beginning and cancelling an upload.
     *
     * @throws EnvironmentNotFit if an upload cannot be begun
     */
    public void requirePush(ImageName image) {
        HttpUrl uploads = access.repository(image).newBuilder().addPathSegments("blobs/uploads/").build();
        OkHttpClient authorized = authorized(image);
        RequestBody nothing = RequestBody.create(new byte[0]);
        try (Response begun = authorized.newCall(request(uploads).post(nothing).build()).execute()) {
            if (begun.code() != 202) {
                throw refused(image, begun);
            }
            Optional<HttpUrl> upload = Optional.ofNullable(begun.header("Location")).map(uploads::resolve);
            if (upload.isEmpty()) {
                throw noRegistry(image, "it does not say where an upload goes");
            }
            // The answer is irrelevant: a registry that cannot cancel an upload lets it expire.
            authorized.newCall(request(upload.get()).delete().build()).execute().close();
        } catch (IOException e) {
            throw unreachable(image, e);
        }
    }

    /**
     * Deletes a pushed image: its tag if the registry can delete tags, because another tag may name the same manifest;
     * if not, the manifest, unless the base's tag names it.
     *
     * @return why it stays; empty if it is gone
     */
    public Optional<String> delete(PushedImage pushed, ImageName base) {
        try {
            int byTag = delete(pushed.name(), pushed.name().tag());
            if (byTag / 100 == 2) {
                return Optional.empty();
            }
            if (!NOT_BY_TAG.contains(byTag)) {
                return Optional.of("HTTP " + byTag);
            }
            if (manifestDigest(base).filter(pushed.digest()::equals).isPresent()) {
                return Optional.of(base + " is the same");
            }
            int byDigest = delete(pushed.name(), pushed.digest());
            return byDigest / 100 == 2 || byDigest == 404 ? Optional.empty() : Optional.of("HTTP " + byDigest);
        } catch (IOException | EnvironmentNotFit unreachable) {
            return Optional.of(unreachable.getMessage());
        }
    }

    private int delete(ImageName image, String tagOrDigest) throws IOException {
        HttpUrl url = access.repository(image).newBuilder()
                .addPathSegment("manifests").addPathSegment(tagOrDigest).build();
        try (Response response = authorized(image).newCall(request(url).delete().build()).execute()) {
            return response.code();
        }
    }

    static String notOverHttp(ImageName image) {
        return "The registry of " + image + " asks for a login, and none is sent over http";
    }

    private Optional<String> digestOf(ImageName image, String tagOrDigest) {
        return manifest(image, tagOrDigest).map(Manifest::digest);
    }

    /**
     * Returns the manifest for a tag or a digest.
     *
     * @return empty if the registry has none
     * @throws EnvironmentNotFit as {@link #manifestDigest(ImageName)} does
     */
    Optional<Manifest> manifest(ImageName image, String tagOrDigest) {
        return exchange(image, "manifests", tagOrDigest, get -> get.header("Accept", MANIFESTS), response -> {
            byte[] body = response.peekBody(LONGEST_MANIFEST).bytes();
            if (response.code() == 404 && has(body, "errors")) {
                return Optional.empty();
            }
            if (response.code() != 200) {
                throw refused(image, response);
            }
            if (!has(body, "schemaVersion")) {
                throw noRegistry(image, "what it sent is not a manifest");
            }
            String digest = sha256(body);
            String named = tagOrDigest.startsWith("sha256:") ? tagOrDigest : response.header(DIGEST, digest);
            if (!named.equals(digest)) {
                throw noRegistry(image, "it sent another manifest than the " + named + " it named");
            }
            return Optional.of(new Manifest(digest, JSON.readTree(body)));
        });
    }

    /**
     * Returns an image in the registry, with the digests by which nodes run it.
     *
     * @return empty if there is none
     * @throws EnvironmentNotFit as {@link #manifestDigest(ImageName)} does
     */
    public Optional<PushedImage> image(ImageName image) {
        return image(image, image.qualifier());
    }

    Optional<PushedImage> image(ImageName image, String tagOrDigest) {
        return manifest(image, tagOrDigest).map(manifest -> {
            Set<String> manifests = new LinkedHashSet<>(manifest.manifests());
            Set<String> configs = new LinkedHashSet<>();
            manifests.forEach(each -> manifest(image, each).flatMap(Manifest::config).ifPresent(configs::add));
            manifest.config().ifPresent(configs::add);
            manifests.add(manifest.digest());
            return new PushedImage(image, manifest.digest(), manifests, configs, Instant.now());
        });
    }

    Manifest required(ImageName image, String tagOrDigest) {
        return manifest(image, tagOrDigest).orElseThrow(() -> new EnvironmentNotFit("The registry has no " + image
                + (tagOrDigest.equals(image.qualifier()) ? "" : " as " + tagOrDigest),
                "Check REGISTRY, and that " + image + " is in it"));
    }

    /** Reads the needed part of an answer. */
    interface Reader<T> {

        T read(Response answer) throws IOException;
    }

    /**
     * Sends a request about an image, and reads the answer.
     *
     * @param kind   {@code manifests} or {@code blobs}
     * @param name   a tag or a digest
     * @param status the expected status of the answer; any other is a refusal
     */
    <T> T call(ImageName image, String kind, String name, UnaryOperator<Request.Builder> change, int status,
            Reader<T> reader) {
        return exchange(image, kind, name, change, answer -> {
            if (answer.code() != status) {
                throw refused(image, answer);
            }
            return reader.read(answer);
        });
    }

    private <T> T exchange(ImageName image, String kind, String name, UnaryOperator<Request.Builder> change,
            Reader<T> reader) {
        HttpUrl url = access.repository(image).newBuilder().addPathSegment(kind).addPathSegment(name).build();
        try (Response answer = authorized(image).newCall(change.apply(request(url)).build()).execute()) {
            return reader.read(answer);
        } catch (IOException e) {
            throw unreachable(image, e);
        }
    }

    /** Returns the image's name at the address in use: {@code localhost:5000/sample-team/sample-api:1.0.0}. */
    String reference(ImageName image) {
        return access.reference(image).toString();
    }

    private OkHttpClient authorized(ImageName image) {
        return client.newBuilder().authenticator(new TokenAuthenticator(client, access.credential(image),
                image.repository())).build();
    }

    private static Request.Builder request(HttpUrl url) {
        return new Request.Builder().url(url);
    }

    private EnvironmentNotFit refused(ImageName image, Response response) {
        int status = response.code();
        if (status != 401 && status != 403) {
            return noRegistry(image, "HTTP " + status);
        }
        Optional<Credential> credential = access.credential(image);
        if (access.plainHttp() && credential.isPresent()) {
            return new EnvironmentNotFit(notOverHttp(image), HTTPS);
        }
        return new EnvironmentNotFit("The registry at " + access.address(image) + " refused " + access.whom(image)
                + " with HTTP " + status + " for " + image, LOGIN);
    }

    private EnvironmentNotFit noRegistry(ImageName image, String answer) {
        return new EnvironmentNotFit("The registry of " + image + " at " + access.address(image)
                + " did not answer as a registry does: " + answer, "Check REGISTRY and the registry");
    }

    private EnvironmentNotFit unreachable(ImageName image, IOException e) {
        return new EnvironmentNotFit("The registry of " + image + " at " + access.address(image)
                + " cannot be reached: " + e.getMessage(), "Check REGISTRY, with http:// before it if"
                + " the registry has no TLS", e);
    }

    private static boolean has(byte[] body, String field) throws IOException {
        try {
            return JSON.readTree(body).has(field);
        } catch (JsonProcessingException e) {
            return false; // a text that is not JSON has no field
        }
    }

    private static String sha256(byte[] body) {
        try {
            return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
