package delivery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import delivery.failure.EnvironmentNotFit;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {

    private static final String PROXY = "http://proxy.example.org:3128";

    @Test
    void aProxyIsForItsSchemeAlone() {
        Proxies proxies = Proxies.of(Map.of("HTTPS_PROXY", PROXY));

        assertThat(proxies.proxyFor(URI.create("https://ghcr.io/v2/"))).contains(URI.create(PROXY));
        assertThat(proxies.proxyFor(URI.create("http://ghcr.io/v2/"))).isEmpty();
        assertThat(Proxies.of(Map.of("http_proxy", PROXY)).proxyFor(URI.create("http://ghcr.io")))
                .contains(URI.create(PROXY));
        assertThat(Proxies.of(Map.of("HTTP_PROXY", PROXY, "HTTPS_PROXY", "http://other:1"))
                .proxyFor(URI.create("https://ghcr.io"))).contains(URI.create("http://other:1"));
        assertThat(proxies.select(URI.create("https://ghcr.io"))).extracting(Proxy::type)
                .containsExactly(Proxy.Type.HTTP);
        assertThat(proxies.select(URI.create("http://ghcr.io"))).containsExactly(Proxy.NO_PROXY);
        assertThat(Proxies.of(Map.of("https_proxy", "socks5://proxy")).select(URI.create("https://ghcr.io")))
                .extracting(Proxy::type).containsExactly(Proxy.Type.SOCKS);
    }

    @ParameterizedTest
    @CsvSource({"proxy.example.org:3128,http://proxy.example.org:3128", "http://proxy,http://proxy:80",
        "https://proxy,https://proxy:443", "socks5://proxy/,socks5://proxy:1080",
                "HTTP://u:p%40ss@proxy:1,http://u:p%40ss@proxy:1"})
    void aProxyHasAPort(String given, String proxy) {
        assertThat(Proxies.of(Map.of("HTTPS_PROXY", given)).proxyFor(URI.create("https://ghcr.io"))).hasToString(
                "Optional[" + proxy + "]");
    }

    @ParameterizedTest
    @CsvSource({
        "ghcr.io, https://ghcr.io, true", "ghcr.io, https://pkg.ghcr.io:8443/x, true",
                "ghcr.io, https://notghcr.io, false",
        ".ghcr.io, https://ghcr.io, false", ".ghcr.io, https://pkg.ghcr.io, true",
        "*.ghcr.io, https://pkg.ghcr.io, true",
        "GHCR.io, https://ghcr.IO, true", "ghcr.io:443, https://ghcr.io, true", "ghcr.io:444, https://ghcr.io, false",
        "*, https://ghcr.io, true", "ghcr.io:99999999999, https://ghcr.io, false",
        "'other.example, ghcr.io', https://ghcr.io, true", "'', https://ghcr.io, false",
        "198.18.0.0/15, https://198.19.255.1:6443, true", "198.18.0.0/15, https://198.20.0.1:6443, false",
        "198.18.0.2, https://198.18.0.2:6443, true", "198.18.0.2:6443, https://198.18.0.2:6443, true",
        "198.18.0.2:6444, https://198.18.0.2:6443, false", "10.0.0.0/8, https://ten.example.org, false",
        "fd00::/8, https://[fd00::1]:6443, true", "fd00::1, https://[fd00::1]:6443, true",
        "fd00::2, https://[fd00::1], false",
        "[fd00::1]:6443, https://[fd00::1]:6443, true", "10.0.0.0/x, https://10.0.0.1, false",
        "'', https://localhost:6443, true", "'', https://127.0.0.1:6443, true", "'', https://[::1]:6443, true"})
    void noProxyIsReadAsGoReadsIt(String without, String target, boolean direct) {
        Proxies proxies = Proxies.of(Map.of("HTTPS_PROXY", PROXY, "no_proxy", without));

        assertThat(proxies.proxyFor(URI.create(target)).isEmpty()).isEqualTo(direct);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://user:a secret@proxy:1", "ftp://user:a-secret@proxy", "http://"})
    void whatIsNoProxyIsNamedAndNotShown(String value) {
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> Proxies.of(Map.of("HTTPS_PROXY", value)))
                .withMessageStartingWith("HTTPS_PROXY is not a URL of a proxy").withMessageNotContaining("secret")
                .withStackTraceContaining("no URL");
    }

    @Test
    void noneIsNone() {
        assertThat(Proxies.none().isEmpty()).isTrue();
        assertThat(Proxies.of(Map.of("NO_PROXY", "x", "HTTPS_PROXY", " ")).isEmpty()).isTrue();
        assertThat(Proxies.none().select(URI.create("https://ghcr.io"))).containsExactly(Proxy.NO_PROXY);
    }
}
