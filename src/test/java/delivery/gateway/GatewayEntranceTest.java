package delivery.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import delivery.failure.EnvironmentNotFit;
import delivery.traffic.Endpoint;
import delivery.traffic.VersionAnswer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Obstacles that keep users' requests from reaching a release: redirects and certificates. */
class GatewayEntranceTest {

    private static final String HOST = "check.sample-api.test";

    @TempDir
    private Path folder;
    private final MockWebServer server = new MockWebServer();

    @AfterEach
    void stop() throws IOException {
        server.shutdown();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectToHttpsSaysWhatToSet(int status) throws IOException {
        answers(new MockResponse().setResponseCode(status).setHeader("Location", "https://" + HOST + "/version"));
        try (Gateway gateway = gateway("http", Optional.empty())) {
            assertThatExceptionOfType(EnvironmentNotFit.class)
                    .isThrownBy(() -> gateway.requireDirect(HOST, Endpoint.VERSION))
                    .withMessageContaining("The gateway sends http://" + HOST + ":" + server.getPort()
                            + "/version to https://"
                            + HOST + "/version (HTTP " + status + ").")
                    .withMessageContaining("Set GATEWAY=https://localhost.");
            assertThatCode(() -> gateway.requireReachable(HOST)).as("it is there").doesNotThrowAnyException();
        }
    }

    /** This happens where only the paths of an API are served by https. */
    @Test
    void aRedirectOfTheReleasesOwnPathIsOne() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return request.getPath().equals("/api/version")
                        ? new MockResponse().setResponseCode(301)
                        .setHeader("Location", "https://" + HOST + "/api/version")
                        : new MockResponse().setResponseCode(404);
            }
        });
        Endpoint own = new VersionAnswer("/api/version", Endpoint.VERSION.version(), Optional.empty());
        try (Gateway gateway = gateway("http", Optional.empty())) {
            assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> gateway.requireDirect(HOST, own))
                    .withMessageContaining("/api/version (HTTP 301)");
            assertThatCode(() -> gateway.requireDirect(HOST, Endpoint.VERSION)).doesNotThrowAnyException();
        }
    }

    @Test
    void anotherPortIsSaidToo() throws IOException {
        answers(new MockResponse().setResponseCode(308).setHeader("Location", "https://" + HOST + ":8443/version"));
        try (Gateway gateway = gateway("http", Optional.empty())) {
            assertThatExceptionOfType(EnvironmentNotFit.class)
                    .isThrownBy(() -> gateway.requireDirect(HOST, Endpoint.VERSION))
                    .withMessageContaining("Set GATEWAY=https://localhost:8443.");
        }
    }

    @Test
    void aRedirectToALoginIsNoReleaseEither() throws IOException {
        answers(new MockResponse().setResponseCode(302).setHeader("Location", "/login"));
        try (Gateway gateway = gateway("http", Optional.empty())) {
            assertThatExceptionOfType(EnvironmentNotFit.class)
                    .isThrownBy(() -> gateway.requireDirect(HOST, Endpoint.VERSION))
                    .withMessageContaining("/login (HTTP 302)").withMessageContaining("without being sent on");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 304, 404, 503})
    void anyOtherAnswerIsNoRedirect(int status) throws IOException {
        answers(new MockResponse().setResponseCode(status));
        try (Gateway gateway = gateway("http", Optional.empty())) {
            assertThatCode(() -> gateway.requireDirect(HOST, Endpoint.VERSION)).doesNotThrowAnyException();
        }
    }

    @Test
    void aPrivateAuthorityCanBeGiven() throws IOException {
        HeldCertificate authority = tls("*.sample-api.test");
        answers(new MockResponse().setBody("{\"version\": \"1.0.0\"}"));
        try (Gateway gateway = gateway("https", Optional.of(pem(authority)))) {
            gateway.requireDirect(HOST, Endpoint.VERSION);
            assertThat(gateway.ask("bg-1.sample-api.test", Endpoint.VERSION).version()).contains("1.0.0");
        }
    }

    @Test
    void anAuthorityThatIsNotTrustedSaysHowToGiveIt() throws IOException {
        tls("*.sample-api.test");
        try (Gateway gateway = gateway("https", Optional.empty())) {
            assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> gateway.requireReachable(HOST))
                    .withMessageContaining("is not trusted: PKIX path building failed")
                    .withMessageContaining("Set GATEWAY_CA to a PEM file");
        }
        HeldCertificate other = new HeldCertificate.Builder().certificateAuthority(0).build();
        try (Gateway gateway = gateway("https", Optional.of(pem(other)))) {
            assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> gateway.requireReachable(HOST))
                    .withMessageContaining("GATEWAY_CA");
        }
    }

    /** A configured authority does not make a certificate for another host acceptable. */
    @Test
    void aCertificateThatDoesNotNameTheHostsSaysWhichDomainToSet() throws IOException {
        HeldCertificate authority = tls("gateway.example.org");
        try (Gateway gateway = gateway("https", Optional.of(pem(authority)))) {
            assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> gateway.requireReachable(HOST))
                    .withMessageContaining("does not name " + HOST + ", but gateway.example.org.")
                    .withMessageContaining("Set HOST_DOMAIN").withMessageContaining("such as *.sample-api.test.");
        }
    }

    @Test
    void aFileWithoutACertificateIsNamedWithItsSetting() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        assertThatExceptionOfType(EnvironmentNotFit.class)
                .isThrownBy(() -> new Gateway(URI.create("https://localhost"), Optional.of(empty)).close())
                .withMessageContaining("empty.pem").withMessageContaining("Set GATEWAY_CA");
    }

    private void answers(MockResponse answer) {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer;
            }
        });
    }

    private Gateway gateway(String scheme, Optional<Path> authority) {
        return new Gateway(URI.create(scheme + "://localhost:" + server.getPort()), authority);
    }

    /** Makes the server speak TLS, with an authority that only configured clients trust. */
    private HeldCertificate tls(String host) {
        HeldCertificate authority = new HeldCertificate.Builder().certificateAuthority(0).commonName("house authority")
                .build();
        HeldCertificate own = new HeldCertificate.Builder().signedBy(authority).addSubjectAlternativeName(host).build();
        server.useHttps(new HandshakeCertificates.Builder().heldCertificate(own, authority.certificate()).build()
                .sslSocketFactory(), false);
        return authority;
    }

    private Path pem(HeldCertificate authority) throws IOException {
        return Files.writeString(folder.resolve("authority.pem"), authority.certificatePem());
    }
}
