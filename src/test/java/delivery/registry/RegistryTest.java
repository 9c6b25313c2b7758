package delivery.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import delivery.failure.EnvironmentNotFit;
import delivery.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryTest {

    private static final ImageName IMAGE = new ImageName("ghcr.io", "sample-team/sample-api", "1.0.0");
    private static final String MANIFEST = "{\"schemaVersion\": 2}";
    private static final String DIGEST = FakeRegistry.digest(MANIFEST.getBytes(UTF_8));
    private static final String BASIC = Credentials.basic("user", "a-secret");

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.shutdown();
    }

    @Test
    void aDigestIsReadByTagAndAgainByItself() throws IOException {
        try (FakeRegistry fake = new FakeRegistry()) {
            fake.add("1.0.0", "application/vnd.oci.image.manifest.v1+json", MANIFEST.getBytes(UTF_8));
            Registry registry = new Registry(access(fake.address()));

            assertThat(registry.manifestDigest(IMAGE)).contains(DIGEST);
            assertThat(fake.requests).containsExactly(
                    "GET /v2/sample-team/sample-api/manifests/1.0.0",
                    "GET /v2/sample-team/sample-api/manifests/" + DIGEST);
            assertThat(registry.manifestDigest(IMAGE.withTag("2.0.0"))).isEmpty();
        }
    }

    /** A container runtime pulls a pinned image by its digest, even if the tag has moved. */
    @Test
    void theDigestThatAnImageIsPinnedByIsWhatIsRead() throws IOException {
        try (FakeRegistry fake = new FakeRegistry()) {
            fake.add("old", "application/vnd.oci.image.manifest.v1+json", MANIFEST.getBytes(UTF_8));
            fake.add("1.0.0", "application/vnd.oci.image.manifest.v1+json",
                    "{\"schemaVersion\": 2, \"a\": 1}".getBytes(UTF_8));
            Registry registry = new Registry(access(fake.address()));

            assertThat(registry.manifestDigest(ImageName.parse(IMAGE + "@" + DIGEST))).contains(DIGEST);
            assertThat(fake.requests).containsExactly("GET /v2/sample-team/sample-api/manifests/" + DIGEST);
            assertThat(registry.manifestDigest(ImageName.parse(IMAGE + "@sha256:" + "0".repeat(64)))).isEmpty();
        }
    }

    @Test
    void thatItCanBePushedToLeavesNothingBehind() throws IOException {
        try (FakeRegistry fake = new FakeRegistry()) {
            new Registry(access(fake.address())).requirePush(IMAGE);

            assertThat(fake.requests).containsExactly(
                    "POST /v2/sample-team/sample-api/blobs/uploads/",
                    "DELETE /v2/sample-team/sample-api/blobs/uploads/1");
            assertThat(fake.uploads).isEmpty();
        }
    }

    @Test
    void aManifestThatIsNotTheOneItIsCalledIsRefused() {
        server.enqueue(new MockResponse().setBody(MANIFEST).setHeader("Docker-Content-Digest", "sha256:0"));

        assertRefused(registry -> registry.manifestDigest(IMAGE), "sent another manifest than the sha256:0");
    }

    @Test
    void aTagWhoseManifestIsNotThereByItsDigestIsRefused() {
        server.enqueue(new MockResponse().setBody(MANIFEST));
        server.enqueue(new MockResponse().setResponseCode(404).setBody("{\"errors\": []}"));

        assertRefused(registry -> registry.manifestDigest(IMAGE), DIGEST);
    }

    @ParameterizedTest
    @CsvSource({"200,is not a manifest,CHECK", "404,HTTP 404,CHECK", "500,HTTP 500,CHECK", "302,HTTP 302,CHECK",
        "401,HTTP 401,LOGIN", "403,HTTP 403,LOGIN"})
    void whatIsNoRegistrysAnswerIsTheEnvironmentsFault(int status, String reason, String whatToDo) {
        for (int answer = 0; answer < (status >= 500 ? 4 : 1); answer++) {
            server.enqueue(html(status));
        }

        assertRefused(registry -> registry.manifestDigest(IMAGE), reason,
                whatToDo.equals("LOGIN") ? "REGISTRY_PASSWORD" : "Check REGISTRY");
    }

    @ParameterizedTest
    @CsvSource({"200,HTTP 200", "202,where an upload goes", "500,HTTP 500", "404,HTTP 404", "401,REGISTRY_USERNAME",
        "403,REGISTRY_USERNAME"})
    void aRegistryThatTakesNoUploadIsTheEnvironmentsFault(int status, String reason) {
        server.enqueue(html(status));

        assertRefused(registry -> registry.requirePush(IMAGE), reason);
    }

    @Test
    void aBrokenConnectionIsTheEnvironmentsFault() {
        server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));

        assertRefused(registry -> registry.requirePush(IMAGE), "cannot be reached", "REGISTRY");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aReadIsSentAgainAndAPushIsNot() {
        server.enqueue(html(503).setHeader("Retry-After", "0"));
        server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
        server.enqueue(new MockResponse().setBody(MANIFEST));
        server.enqueue(new MockResponse().setBody(MANIFEST));
        assertThat(new Registry(access(address("http"))).manifestDigest(IMAGE)).contains(DIGEST);
        assertThat(server.getRequestCount()).isEqualTo(4);

        server.enqueue(html(503).setHeader("Retry-After", "0"));
        assertRefused(registry -> registry.requirePush(IMAGE), "HTTP 503");
        assertThat(server.getRequestCount()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"schemaVersion\": 2", "[]", "null", "", "\"text\""})
    void whatIsNoManifestIsTheEnvironmentsFault(String body) {
        server.enqueue(new MockResponse().setBody(body));

        assertRefused(registry -> registry.manifestDigest(IMAGE), "is not a manifest");
    }

    @Test
    void aManifestThatBreaksOffIsTheEnvironmentsFault() {
        for (int answer = 0; answer < 4; answer++) {
            server.enqueue(new MockResponse().setBody(MANIFEST + " ".repeat(10_000))
                    .setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY));
        }

        assertRefused(registry -> registry.manifestDigest(IMAGE), "cannot be reached");
    }

    @Test
    void aLoginIsNotSentUnencrypted() throws InterruptedException {
        server.enqueue(new MockResponse().setResponseCode(401).setHeader("WWW-Authenticate", "Basic realm=\"r\""));

        assertThatExceptionOfType(EnvironmentNotFit.class)
                .isThrownBy(() -> new Registry(loginAccess(address("http"))).requirePush(IMAGE))
                .withMessageContaining("none is sent over http").withMessageContaining("https://");
        assertThat(server.getRequestCount()).isEqualTo(1);
        assertThat(server.takeRequest().getHeader("Authorization")).isNull();
    }

    @Test
    void aGuestGetsATokenWhereTheRegistrySaysSo() throws InterruptedException {
        server.enqueue(new MockResponse().setResponseCode(401).setHeader("WWW-Authenticate",
                "Bearer realm=\"" + address("http") + "/token\",service=\"r\",scope=\"repository:a/b:pull,push\""));
        server.enqueue(new MockResponse().setBody("{\"token\": \"a-token\"}"));
        server.enqueue(new MockResponse().setResponseCode(202).setHeader("Location", "/up?state=1"));
        server.enqueue(new MockResponse().setResponseCode(405));

        new Registry(access(address("http"))).requirePush(IMAGE);

        server.takeRequest();
        RecordedRequest token = server.takeRequest();
        assertThat(token.getRequestUrl().queryParameter("service")).isEqualTo("r");
        assertThat(token.getRequestUrl().queryParameterValues("scope"))
                .containsExactly("repository:sample-team/sample-api:pull,push");
        assertThat(token.getHeader("Authorization")).isNull();
        assertThat(server.takeRequest().getHeader("Authorization")).isEqualTo("Bearer a-token");
        RecordedRequest givenUp = server.takeRequest();
        assertThat(givenUp.getMethod()).isEqualTo("DELETE");
        assertThat(givenUp.getPath()).isEqualTo("/up?state=1");
    }

    /** The server's challenge may name a placeholder, or a smaller scope than the call needs. */
    @ParameterizedTest
    @CsvSource(nullValues = "none", value = {
        "POST, none, 'pull,push'",
        "POST, repository:user/image:pull, 'pull,push'",
        "POST, repository:sample-team/sample-api:pull, 'pull,push'",
        "POST, repository:sample-team/sample-api:delete, 'pull,push,delete'",
        "POST, repository:sample-team/sample-api:*, 'pull,push,*'",
        "POST, registry:catalog:*, 'pull,push'",
        "GET, none, 'pull'",
        "GET, repository:user/image:pull, 'pull'",
        "GET, 'repository:sample-team/sample-api:pull,push repository:base/image:pull', 'pull,push'"})
    void aTokenIsAskedForWhatTheCallNeeds(String method, String scope, String actions) throws InterruptedException {
        server.enqueue(html(401).setHeader("WWW-Authenticate", "Bearer realm=\"" + address("http") + "/token\""
                + (scope == null ? "" : ",scope=\"" + scope + "\"")));
        server.enqueue(new MockResponse().setBody("{}"));

        assertRefused(method.equals("GET") ? to -> to.manifestDigest(IMAGE) : to -> to.requirePush(IMAGE), "HTTP 401");
        server.takeRequest();
        assertThat(server.takeRequest().getRequestUrl().queryParameterValues("scope"))
                .containsExactly("repository:sample-team/sample-api:" + actions);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer realm=\"not a URL\"", "Bearer", "Negotiate abc", "Basic realm=\"r\""})
    void aChallengeThatCannotBeMetIsARefusal(String challenge) {
        server.enqueue(html(401).setHeader("WWW-Authenticate", challenge));

        assertRefused(registry -> registry.requirePush(IMAGE), "HTTP 401", "REGISTRY_USERNAME");
    }

    @ParameterizedTest
    @CsvSource({"500,{}", "200,{}", "403,{}"})
    void aTokenThatIsNotGivenIsARefusal(int status, String body) {
        server.enqueue(html(401).setHeader("WWW-Authenticate", "Bearer realm=\"" + address("http") + "/token\""));
        for (int answer = 0; answer < (status >= 500 ? 4 : 1); answer++) {
            server.enqueue(new MockResponse().setResponseCode(status).setBody(body));
        }

        assertRefused(registry -> registry.requirePush(IMAGE), "HTTP 401", "REGISTRY_USERNAME");
    }

    @Test
    void overTlsTheLoginGoesToTheRegistryOrItsTokenServer() throws IOException, InterruptedException {
        SelfSigned certificate = SelfSigned.make();
        try (MockWebServer secure = new MockWebServer()) {
            secure.useHttps(certificate.context().getSocketFactory(), false);
            secure.setDispatcher(new Dispatcher() {
                @Override
                public MockResponse dispatch(RecordedRequest request) {
                    String authorization = String.valueOf(request.getHeader("Authorization"));
                    if (request.getPath().startsWith("/token")) {
                        return authorization.equals(BASIC)
                                ? new MockResponse().setBody("{\"access_token\": \"a-token\"}")
                                : html(401);
                    }
                    if (request.getMethod().equals("GET")) {
                        return authorization.equals(BASIC)
                                ? new MockResponse().setBody(MANIFEST)
                                : html(401).setHeader("WWW-Authenticate", "Basic realm=\"r\"");
                    }
                    return authorization.equals("Bearer a-token")
                            ? new MockResponse().setResponseCode(202).setHeader("Location", "/up")
                            : html(401).setHeader("WWW-Authenticate",
                                    "Bearer realm=\"https://localhost:" + secure.getPort() + "/token\"");
                }
            });
            secure.start();
            OkHttpClient trusting = new OkHttpClient.Builder()
                    .sslSocketFactory(certificate.context().getSocketFactory(), certificate.trust()).build();
            URI address = URI.create("https://localhost:" + secure.getPort());

            Registry registry = new Registry(loginAccess(address.toString()), trusting);
            registry.requirePush(IMAGE);
            assertThat(registry.manifestDigest(IMAGE)).contains(DIGEST);

            RegistryAccess wrong = new RegistryAccess(
                    Optional.of(address), Optional.of("user"), Optional.of(new Secret("b-secret")));
            assertThatExceptionOfType(EnvironmentNotFit.class)
                    .isThrownBy(() -> new Registry(wrong, trusting).requirePush(IMAGE))
                    .withMessageContaining("the user user").withMessageNotContaining("b-secret");
            assertThatExceptionOfType(EnvironmentNotFit.class)
                    .isThrownBy(() -> new Registry(wrong).requirePush(IMAGE))
                    .withMessageContaining("cannot be reached");
        }
    }

    /** The entry that "az acr login" and others leave in Docker's configuration is not a password. */
    @Test
    void anIdentityTokenIsExchangedForAnAccessToken() throws IOException, InterruptedException {
        SelfSigned certificate = SelfSigned.make();
        try (MockWebServer secure = new MockWebServer()) {
            secure.useHttps(certificate.context().getSocketFactory(), false);
            secure.start();
            secure.enqueue(html(401).setHeader("WWW-Authenticate", "Bearer realm=\"" + secure.url("/oauth2/token")
                    + "\",service=\"r\""));
            secure.enqueue(new MockResponse().setBody("{\"access_token\": \"a-token\"}"));
            secure.enqueue(new MockResponse().setBody(MANIFEST));
            secure.enqueue(new MockResponse().setBody(MANIFEST));
            OkHttpClient trusting = new OkHttpClient.Builder()
                    .sslSocketFactory(certificate.context().getSocketFactory(), certificate.trust()).build();
            RegistryAccess access = new RegistryAccess(Optional.of(secure.url("/").uri()), Optional.of("<token>"),
                    Optional.of(new Secret("an-identity")));

            assertThat(new Registry(access, trusting).manifestDigest(IMAGE)).contains(DIGEST);
            secure.takeRequest();
            RecordedRequest token = secure.takeRequest();
            assertThat(token.getMethod()).isEqualTo("POST");
            assertThat(token.getPath()).isEqualTo("/oauth2/token");
            assertThat(token.getBody().readUtf8())
                    .isEqualTo("service=r&scope=repository%3Asample-team%2Fsample-api%3Apull"
                    + "&client_id=progressive-delivery-acceptance&grant_type=refresh_token&refresh_token=an-identity");
            assertThat(secure.takeRequest().getHeader("Authorization")).isEqualTo("Bearer a-token");
        }
    }

    @Test
    void withNoAddressTheRegistryIsTheOneInTheImagesName() {
        RegistryAccess access = new RegistryAccess(Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(access.reference(IMAGE)).hasToString("ghcr.io/sample-team/sample-api:1.0.0");
        assertThat(access.repository(IMAGE)).hasToString("https://ghcr.io/v2/sample-team/sample-api");
        assertThat(access.plainHttp()).isFalse();
    }

    @Test
    void anAddressHasNoPath() {
        assertThatIllegalArgumentException().isThrownBy(() -> access("http://localhost:5000/registry"));
        assertThatIllegalArgumentException().isThrownBy(() -> access("ftp://localhost"));
    }

    private static final PushedImage PUSHED =
            new PushedImage(IMAGE.withTag("acceptance-abcde-1.1.0"), DIGEST, "sha256:1", Instant.EPOCH);

    @Test
    void theTagAloneIsDeletedWhereTheRegistryCanDoThat() throws InterruptedException {
        server.enqueue(new MockResponse().setResponseCode(202));

        assertThat(new Registry(access(address("http"))).delete(PUSHED, IMAGE)).isEmpty();
        assertThat(server.takeRequest().getRequestLine())
                .startsWith("DELETE /v2/sample-team/sample-api/manifests/acceptance-abcde-1.1.0");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 405})
    void elseTheManifestThatWasPushed(int byTag) throws InterruptedException {
        server.enqueue(new MockResponse().setResponseCode(byTag));
        server.enqueue(new MockResponse().setBody("{\"schemaVersion\": 2, \"of\": \"the base\"}"));
        server.enqueue(new MockResponse().setBody("{\"schemaVersion\": 2, \"of\": \"the base\"}"));
        server.enqueue(new MockResponse().setResponseCode(202));

        assertThat(new Registry(access(address("http"))).delete(PUSHED, IMAGE)).isEmpty();
        server.takeRequest();
        server.takeRequest();
        server.takeRequest();
        assertThat(server.takeRequest().getRequestLine())
                .startsWith("DELETE /v2/sample-team/sample-api/manifests/" + DIGEST);
    }

    @Test
    void aManifestThatTheLiveReleaseHasTooStays() {
        server.enqueue(new MockResponse().setResponseCode(405));
        server.enqueue(new MockResponse().setBody(MANIFEST));
        server.enqueue(new MockResponse().setBody(MANIFEST));

        assertThat(new Registry(access(address("http"))).delete(PUSHED, IMAGE)).contains(IMAGE + " is the same");
        assertThat(server.getRequestCount()).as("nothing was deleted").isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 503})
    void whatTheRegistryDoesNotDeleteStaysAndIsNoFailure(int status) {
        server.enqueue(new MockResponse().setResponseCode(status));

        assertThat(new Registry(access(address("http"))).delete(PUSHED, IMAGE)).contains("HTTP " + status);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aRefusalNamesTheRegistryThatWasAsked() {
        server.enqueue(html(403));

        assertRefused(registry -> registry.requirePush(IMAGE), "The registry at " + address("http")
                + "/ refused a guest");
    }

    private interface Call {
        void on(Registry registry);
    }

    private void assertRefused(Call call, String... words) {
        Registry registry = new Registry(access(address("http")));
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> call.on(registry))
                .satisfies(refusal -> assertThat(refusal).hasMessageContainingAll(words))
                .withMessageContaining(IMAGE.toString());
    }

    private String address(String scheme) {
        return scheme + "://localhost:" + server.getPort();
    }

    private static MockResponse html(int status) {
        return new MockResponse().setResponseCode(status).setHeader("Content-Type", "text/html")
                .setBody("<html>hello</html>");
    }

    private static RegistryAccess access(String address) {
        return new RegistryAccess(Optional.of(URI.create(address)), Optional.empty(), Optional.empty());
    }

    private static RegistryAccess loginAccess(String address) {
        return new RegistryAccess(
                Optional.of(URI.create(address)), Optional.of("user"), Optional.of(new Secret("a-secret")));
    }
}
