package delivery.argocd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.failure.EnvironmentNotFit;
import delivery.history.CallLog;
import delivery.settings.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class TransportTest {

    @TempDir
    static Path folder;
    private static ServerCertificate localhost;
    private static ServerCertificate elsewhere;

    private final MockWebServer server = new MockWebServer();

    @BeforeAll
    static void make() throws Exception {
        localhost = ServerCertificate.of("localhost", folder);
        elsewhere = ServerCertificate.of("elsewhere.test", folder);
    }

    @BeforeEach
    void start() throws IOException {
        server.enqueue(new MockResponse().setBody("{\"Version\":\"v3.2.11\"}"));
    }

    @AfterEach
    void stop() throws IOException {
        server.shutdown();
    }

    @Test
    void aCertificateThatNobodyTrustsIsRefused() {
        serve(localhost);
        assertThatThrownBy(() -> version("https://localhost:" + server.getPort(), Optional.empty(), false))
                .isInstanceOf(EnvironmentNotFit.class).hasMessageContaining("certificate of Argo CD")
                .hasMessageContaining("ARGOCD_SERVER_CRT").message().doesNotContain("very-private");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void aCertificateThatIsGivenIsTrusted() throws IOException {
        serve(localhost);
        assertThat(version("https://localhost:" + server.getPort(), pem(localhost.pem()), false)).isEqualTo("v3.2.11");
    }

    @Test
    void oneOfSeveralMayBeTheServers() throws IOException {
        serve(localhost);
        assertThat(version("https://localhost:" + server.getPort(), pem(elsewhere.pem() + localhost.pem()), false))
                .isEqualTo("v3.2.11");
    }

    @Test
    void anotherCertificateIsNotTrusted() throws IOException {
        serve(localhost);
        Optional<Path> another = pem(elsewhere.pem());
        assertThatThrownBy(() -> version("https://localhost:" + server.getPort(), another, false))
                .isInstanceOf(EnvironmentNotFit.class).hasMessageContaining("ARGOCD_SERVER_CRT");
    }

    @Test
    void aTrustedCertificateIsGoodForItsHostAlone() throws IOException {
        serve(elsewhere);
        Optional<Path> trusted = pem(elsewhere.pem());
        assertThatThrownBy(() -> version("https://localhost:" + server.getPort(), trusted, false))
                .isInstanceOf(EnvironmentNotFit.class).hasMessageContaining("cannot be verified")
                .hasMessageContaining("localhost not verified");
    }

    @Test
    void onlyOnRequestNothingIsVerified() {
        serve(elsewhere);
        assertThat(version("https://localhost:" + server.getPort(), Optional.empty(), true)).isEqualTo("v3.2.11");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void aFileWithoutACertificateIsNamed(String content) throws IOException {
        Optional<Path> file = pem(content);
        assertThatThrownBy(() -> version("https://localhost:1", file, false)).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("certificate file cannot be used").hasMessageContaining("ARGOCD_SERVER_CRT");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Optional<Path> file = Optional.of(folder.resolve("none.pem"));
        assertThatThrownBy(() -> version("https://localhost:1", file, false)).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("none.pem").hasMessageContaining("ARGOCD_SERVER_CRT");
    }

    @Test
    void aServerWithoutTlsIsNoMatterOfCertificates() throws Exception {
        try (ServerSocket plain = new ServerSocket(0)) {
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> refuseInPlainWords(plain));
            assertThatThrownBy(() -> version("https://localhost:" + plain.getLocalPort(), Optional.empty(), false))
                    .isInstanceOf(EnvironmentNotFit.class).hasMessageContaining("Check ARGOCD_SERVER,")
                    .message().doesNotContain("ARGOCD_SERVER_CRT");
            answered.get();
        }
    }

    @Test
    void aServerThatDoesNotListenCannotBeReached() throws IOException {
        server.start();
        int port = server.getPort();
        server.shutdown();
        assertThatThrownBy(() -> version("http://localhost:" + port, Optional.empty(), false))
                .isInstanceOf(EnvironmentNotFit.class).hasMessageContaining("cannot be reached")
                .hasMessageContaining("ARGOCD_SERVER").message().doesNotContain("very-private");
    }

    @Test
    void aServerThatSendsElsewhereIsNotFollowed() throws IOException {
        server.shutdown();
        try (MockWebServer redirecting = new MockWebServer()) {
            redirecting.enqueue(new MockResponse().setResponseCode(307).setHeader("Location", "/elsewhere")
                    .setHeader("Content-Type", "text/html").setBody("<a href=\"/elsewhere\">Temporary Redirect</a>"));
            assertThatThrownBy(() -> version("http://localhost:" + redirecting.getPort(), Optional.empty(), false))
                    .isInstanceOf(EnvironmentNotFit.class).hasMessageContaining("307")
                    .hasMessageContaining("ARGOCD_SERVER");
            assertThat(redirecting.getRequestCount()).isEqualTo(1);
        }
    }

    private void serve(ServerCertificate certificate) {
        server.useHttps(certificate.context().getSocketFactory(), false);
    }

    private static void refuseInPlainWords(ServerSocket plain) {
        try (Socket client = plain.accept()) {
            client.getInputStream().read();
            client.getOutputStream().write("HTTP/1.0 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            client.shutdownOutput();
            client.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> pem(String content) throws IOException {
        return Optional.of(Files.writeString(Files.createTempFile(folder, "given", ".pem"), content));
    }

    private static String version(String address, Optional<Path> certificate, boolean insecure) {
        try (ArgoCd argoCd = new ArgoCd(new Login(URI.create(address), Optional.of(new Secret("very-private")), "admin",
                Optional.empty(), certificate, insecure), new CallLog())) {
            return argoCd.version();
        }
    }
}
