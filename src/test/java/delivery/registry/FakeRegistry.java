package delivery.registry;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import okio.Buffer;

/** The part of a registry that a push and a pull need; it keeps blobs and manifests in memory. */
final class FakeRegistry implements AutoCloseable {

    private static final Pattern PATH =
            Pattern.compile("/v2/(.+)/(manifests|blobs/uploads|blobs)/([^/?]*)(?:\\?.*)?");

    final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    /** Manifests, by tag and by digest. */
    final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
    final Map<String, String> mediaTypes = new ConcurrentHashMap<>();
    final Map<String, byte[]> uploads = new ConcurrentHashMap<>();
    /** Calls that are carried out, but whose answer is lost once. */
    final Set<String> answersLost = ConcurrentHashMap.newKeySet();
    /** Whether it answers that it took a manifest, and keeps none. */
    volatile boolean forgetful;
    final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger upload = new AtomicInteger();
    private final MockWebServer server = new MockWebServer();

    FakeRegistry() throws IOException {
        server.setServerSocketFactory(new PlainServerSockets());
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                requests.add(request.getMethod() + " " + request.getPath());
                MockResponse answer = answer(request);
                return answersLost.remove(request.getMethod() + " " + request.getPath())
                        ? new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST) : answer;
            }
        });
        server.start();
    }

    String address() {
        return "http://localhost:" + server.getPort();
    }

    /** Adds a manifest, as a push would. */
    String add(String tag, String mediaType, byte[] manifest) {
        String digest = digest(manifest);
        for (String name : List.of(tag, digest)) {
            manifests.put(name, manifest);
            mediaTypes.put(name, mediaType);
        }
        return digest;
    }

    String addBlob(byte[] blob) {
        String digest = digest(blob);
        blobs.put(digest, blob);
        return digest;
    }

    private MockResponse answer(RecordedRequest request) {
        if (request.getPath().equals("/v2/")) {
            return new MockResponse();
        }
        Matcher path = PATH.matcher(request.getPath());
        if (!path.matches()) {
            return new MockResponse().setResponseCode(404);
        }
        String base = "/v2/" + path.group(1);
        return switch (path.group(2)) {
            case "manifests" -> manifest(request, path.group(3), base);
            case "blobs" -> blob(path.group(3));
            default -> upload(request, path.group(3), base);
        };
    }

    private MockResponse manifest(RecordedRequest request, String name, String base) {
        if (request.getMethod().equals("PUT")) {
            byte[] sent = request.getBody().readByteArray();
            String digest = forgetful ? digest(sent) : add(name, request.getHeader("Content-Type"), sent);
            return new MockResponse().setResponseCode(201).setHeader("Location", base + "/manifests/" + digest)
                    .setHeader("Docker-Content-Digest", digest);
        }
        byte[] manifest = manifests.get(name);
        if (manifest == null) {
            return new MockResponse().setResponseCode(404).setBody("""
                    {"errors": [{"code": "MANIFEST_UNKNOWN", "message": "manifest unknown"}]}""");
        }
        return new MockResponse().setBody(new Buffer().write(manifest))
                .setHeader("Content-Type", mediaTypes.get(name))
                .setHeader("Docker-Content-Digest", digest(manifest));
    }

    private MockResponse blob(String digest) {
        byte[] blob = blobs.get(digest);
        return blob == null
                ? new MockResponse().setResponseCode(404).setBody("""
                        {"errors": [{"code": "BLOB_UNKNOWN", "message": "blob unknown"}]}""")
                : new MockResponse().setBody(new Buffer().write(blob)).setHeader("Docker-Content-Digest", digest);
    }

    private MockResponse upload(RecordedRequest request, String id, String base) {
        HttpUrl url = request.getRequestUrl();
        switch (request.getMethod()) {
            case "POST" -> {
                String begun = String.valueOf(upload.incrementAndGet());
                uploads.put(begun, new byte[0]);
                return new MockResponse().setResponseCode(202).setHeader("Location", base + "/blobs/uploads/" + begun);
            }
            case "PATCH" -> {
                uploads.put(id, request.getBody().readByteArray());
                return new MockResponse().setResponseCode(202).setHeader("Location", base + "/blobs/uploads/" + id);
            }
            case "PUT" -> {
                String digest = addBlob(uploads.remove(id));
                return digest.equals(url.queryParameter("digest"))
                        ? new MockResponse().setResponseCode(201)
                        : new MockResponse().setResponseCode(400);
            }
            default -> {
                return new MockResponse().setResponseCode(uploads.remove(id) == null ? 404 : 204);
            }
        }
    }

    static String digest(byte[] content) {
        try {
            return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.shutdown();
    }
}
