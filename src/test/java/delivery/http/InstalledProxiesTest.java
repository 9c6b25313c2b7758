package delivery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import delivery.argocd.ArgoCd;
import delivery.argocd.Login;
import delivery.failure.EnvironmentNotFit;
import delivery.gateway.Gateway;
import delivery.history.CallLog;
import delivery.registry.ImageBuild;
import delivery.registry.ImageName;
import delivery.registry.Registry;
import delivery.registry.RegistryAccess;
import delivery.settings.Secret;
import java.io.IOException;
import java.net.Authenticator;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Credentials;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every server is behind a proxy that refuses all requests: the test checks that it is asked, and by which client. */
class InstalledProxiesTest {

    private static final ImageName IMAGE = ImageName.parse("registry.invalid/team/app:1.0.0");

    private final MockWebServer proxy = new MockWebServer();
    private final ProxySelector selector = ProxySelector.getDefault();
    private final Authenticator authenticator = Authenticator.getDefault();

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        proxy.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return request.getHeader("Proxy-Authorization") == null
                        ? new MockResponse().setResponseCode(407)
                        .setHeader("Proxy-Authenticate", "Basic realm=\"proxy\"")
                        : new MockResponse().setResponseCode(502);
            }
        });
        proxy.start();
    }

    @AfterEach
    void stop() throws IOException {
        ProxySelector.setDefault(selector);
        Authenticator.setDefault(authenticator);
        proxy.shutdown();
    }

    @Test
    void argoCdIsAskedThroughTheProxy() throws InterruptedException {
        install("");
        Login login =
                new Login(URI.create("https://argocd.invalid"), Optional.of(new Secret("token")), "", Optional.empty(),
                Optional.empty(), false);
        try (ArgoCd argoCd = new ArgoCd(login, new CallLog())) {
            assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(argoCd::version);
        }
        assertAsked("argocd.invalid:443");
    }

    @Test
    void aRegistryIsAskedThroughTheProxy() throws InterruptedException {
        install("");
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> new Registry(access()).requirePush(IMAGE));
        assertAsked("registry.invalid:443");
    }

    /** The registry's client reads the base first; it is left out here, so that Jib's own requests are visible. */
    @Test
    void jibPushesThroughTheProxy() throws Exception {
        install("");
        com.google.cloud.tools.jib.api.JibContainerBuilder content = com.google.cloud.tools.jib.api.Jib.fromScratch();
        assertThatExceptionOfType(Exception.class).isThrownBy(() -> content.containerize(
                com.google.cloud.tools.jib.api.Containerizer.to(com.google.cloud.tools.jib.api.RegistryImage
                        .named(IMAGE.toString())).setBaseImageLayersCache(folder).setApplicationLayersCache(folder)));
        assertAsked("registry.invalid:443");
    }

    @Test
    void anImageIsMadeThroughTheProxy() throws InterruptedException {
        install("");
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() ->
                new ImageBuild(access(), folder, new CallLog()).build(IMAGE, folder, "/app", "1.0.1"));
        assertAsked("registry.invalid:443");
    }

    @Test
    void whatNoProxyNamesIsReachedDirectly() {
        install("registry.invalid");
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> new Registry(access()).requirePush(IMAGE));
        assertThat(proxy.getRequestCount()).isZero();
    }

    @Test
    void usersNeverAskThroughAProxy() {
        install("");
        try (Gateway gateway = new Gateway(URI.create("https://gateway.invalid"), Optional.empty())) {
            assertThatExceptionOfType(EnvironmentNotFit.class)
                    .isThrownBy(() -> gateway.requireReachable("a.gateway.invalid"));
        }
        assertThat(proxy.getRequestCount()).isZero();
    }

    private void install(String without) {
        Proxies.of(Map.of("HTTPS_PROXY", "http://someone:a%20secret@localhost:" + proxy.getPort(), "NO_PROXY", without))
                .install();
    }

    private static RegistryAccess access() {
        return new RegistryAccess(Optional.empty(), Optional.of("user"), Optional.of(new Secret("a-secret")));
    }

    private void assertAsked(String target) throws InterruptedException {
        RecordedRequest first = proxy.takeRequest(5, TimeUnit.SECONDS);
        assertThat(first.getRequestLine()).startsWith("CONNECT " + target);
        RecordedRequest last = first;
        for (RecordedRequest next = first; next != null; next = proxy.takeRequest(1, TimeUnit.SECONDS)) {
            last = next;
        }
        assertThat(last.getHeader("Proxy-Authorization")).isEqualTo(Credentials.basic("someone", "a secret"));
    }
}
