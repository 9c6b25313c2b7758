package delivery.http;

import delivery.failure.EnvironmentNotFit;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.Credentials;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;

/**
 * The proxies of HTTPS_PROXY and HTTP_PROXY, and the targets of NO_PROXY, which need none: read as kubectl, argocd and
 * docker do, by <a href="https://pkg.go.dev/golang.org/x/net/http/httpproxy">httpproxy</a>. An address of this machine
 * is reached without a proxy.
 */
public final class Proxies extends ProxySelector {

    private static final String AUTHORIZATION = "Proxy-Authorization";
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final Map<String, Integer> PORTS = Map.of("http", 80, "https", 443, "socks5", 1080);

    private final Map<String, URI> byScheme;
    private final List<String> without;

    private Proxies(Map<String, URI> byScheme, List<String> without) {
        this.byScheme = byScheme;
        this.without = without;
    }

    public static Proxies none() {
        return new Proxies(Map.of(), List.of());
    }

    /**
     * @throws EnvironmentNotFit if a variable is not a proxy's URL; the message names the variable without its value,
     *                           which may contain a password
     */
    public static Proxies of(Map<String, String> environment) {
        Map<String, URI> byScheme = new HashMap<>();
        proxy(environment, "HTTPS_PROXY").ifPresent(proxy -> byScheme.put("https", proxy));
        proxy(environment, "HTTP_PROXY").ifPresent(proxy -> byScheme.put("http", proxy));
        return new Proxies(Map.copyOf(byScheme), Stream.of(set(environment, "NO_PROXY").orElse("").split(","))
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT)).filter(entry -> !entry.isEmpty()).toList());
    }

    /** Makes all clients in this process without a setting of their own use them; for Jib there is no other way. */
    public void install() {
        ProxySelector.setDefault(this);
        if (byScheme.values().stream().anyMatch(proxy -> proxy.getUserInfo() != null)) {
            java.net.Authenticator.setDefault(new Login());
        }
    }

    /** Returns an OkHttp request with the login for an installed proxy; null if it has none, or has refused it. */
    public static Request authorized(Route route, Response refused) {
        return Optional.ofNullable(route).map(way -> way.proxy().address()).filter(InetSocketAddress.class::isInstance)
                .map(InetSocketAddress.class::cast).filter(asked -> refused.request().header(AUTHORIZATION) == null
                        && ProxySelector.getDefault() instanceof Proxies)
                .flatMap(asked -> ((Proxies) ProxySelector.getDefault()).login(asked.getHostString(), asked.getPort()))
                .map(login -> refused.request().newBuilder()
                        .header(AUTHORIZATION, Credentials.basic(login[0], login[1]))
                        .build()).orElse(null);
    }

    public boolean isEmpty() {
        return byScheme.isEmpty();
    }

    /** Returns the URL of the proxy for a target, with its port; empty if the target is reached without one. */
    public Optional<URI> proxyFor(URI target) {
        return Optional.ofNullable(byScheme.get(String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT)))
                .filter(proxy -> target.getHost() != null && isProxied(target));
    }

    @Override
    public List<Proxy> select(URI target) {
        return List.of(proxyFor(target).map(proxy -> new Proxy(
                proxy.getScheme().startsWith("socks") ? Proxy.Type.SOCKS : Proxy.Type.HTTP,
                InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort()))).orElse(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI target, SocketAddress proxy, IOException failure) {
        // There is no fallback: the call reports its own failure.
    }

    /**
     * Returns a proxy's URL, with its scheme's default port if it has none.
     *
     * @throws IllegalArgumentException if it is not the URL of a proxy
     */
    public static URI withPort(String proxy) {
        try {
            URI url = new URI(proxy.contains("://") ? proxy : "http://" + proxy);
            Integer port = PORTS.get(String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT));
            if (port == null || url.getHost() == null) {
                throw new IllegalArgumentException("no URL of a proxy");
            }
            return new URI(url.getScheme().toLowerCase(Locale.ROOT), url.getUserInfo(), url.getHost(),
                    url.getPort() > 0 ? url.getPort() : port, null, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no URL of a proxy"); // the cause would quote the URL, and its password
        }
    }

    private static Optional<URI> proxy(Map<String, String> environment, String name) {
        try {
            return set(environment, name).map(Proxies::withPort);
        } catch (IllegalArgumentException e) {
            throw new EnvironmentNotFit(name + " is not a URL of a proxy",
                    "Write it like http://proxy.example.org:3128; a password's special characters as %40", e);
        }
    }

    private static Optional<String> set(Map<String, String> environment, String name) {
        return Stream.of(name, name.toLowerCase(Locale.ROOT)).map(environment::get)
                .filter(value -> value != null && !value.isBlank()).map(String::strip).findFirst();
    }

    private boolean isProxied(URI target) {
        String host = target.getHost().replaceAll("^\\[|]$|\\.$", "").toLowerCase(Locale.ROOT);
        int port = target.getPort() > 0 ? target.getPort() : PORTS.getOrDefault(target.getScheme(), 0);
        boolean local = host.equals("localhost") || address(host).filter(InetAddress::isLoopbackAddress).isPresent();
        return !local && without.stream().noneMatch(entry -> matches(entry, host, port));
    }

    /**
     * @param entry of NO_PROXY: "*", an address, a range of them, a domain with its subdomains, or either with a port
     */
    private static boolean matches(String entry, String host, int port) {
        if (entry.equals("*")) {
            return true;
        }
        int slash = entry.indexOf('/');
        if (slash > 0) {
            return inRange(host, entry.substring(0, slash), entry.substring(slash + 1));
        }
        int colon = entry.lastIndexOf(':');
        boolean hasPort = colon > 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']')
                && entry.substring(colon + 1).matches("\\d{1,5}");
        if (hasPort && Integer.parseInt(entry.substring(colon + 1)) != port) {
            return false;
        }
        String name = (hasPort ? entry.substring(0, colon) : entry).replaceAll("^\\[|]$", "")
                .replaceFirst("^\\*\\.", ".");
        if (address(name).isPresent()) {
            return address(name).equals(address(host));
        }
        return name.startsWith(".") ? host.endsWith(name) : host.equals(name) || host.endsWith("." + name);
    }

    private static boolean inRange(String host, String begin, String bits) {
        Optional<InetAddress> network = address(begin);
        Optional<InetAddress> address = address(host);
        if (network.isEmpty() || address.isEmpty() || !bits.matches("\\d{1,3}")) {
            return false;
        }
        byte[] one = network.get().getAddress();
        byte[] other = address.get().getAddress();
        int further = one.length * Byte.SIZE - Integer.parseInt(bits);
        return one.length == other.length && further >= 0
                && new BigInteger(1, one).shiftRight(further).equals(new BigInteger(1, other).shiftRight(further));
    }

    /** Parses an address; empty for a name, which is not looked up. */
    private static Optional<InetAddress> address(String host) {
        try {
            return ADDRESS.matcher(host).matches() ? Optional.of(InetAddress.getByName(host)) : Optional.empty();
        } catch (UnknownHostException noAddress) {
            return Optional.empty();
        }
    }

    /** Returns the user and the password for a proxy; the password may be empty. */
    private Optional<String[]> login(String host, int port) {
        return byScheme.values().stream().filter(proxy -> proxy.getUserInfo() != null && proxy.getPort() == port
                        && proxy.getHost().equalsIgnoreCase(host))
                .map(proxy -> (proxy.getUserInfo() + (proxy.getUserInfo().contains(":") ? "" : ":")).split(":", 2))
                .findFirst();
    }

    /** Gives a proxy's login to that proxy only. */
    private final class Login extends java.net.Authenticator {

        @Override
        protected PasswordAuthentication getPasswordAuthentication() {
            return login(getRequestingHost(), getRequestingPort())
                    .filter(login -> getRequestorType() == RequestorType.PROXY)
                    .map(login -> new PasswordAuthentication(login[0], login[1].toCharArray())).orElse(null);
        }
    }
}
