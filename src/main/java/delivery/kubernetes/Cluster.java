package delivery.kubernetes;

import delivery.failure.EnvironmentNotFit;
import delivery.history.CallLog;
import delivery.history.RecordedCall;
import delivery.http.Proxies;
import delivery.settings.Settings;
import delivery.text.Ellipsis;
import delivery.text.OwnershipLabels;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.VersionInfo;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.impl.KubernetesClientImpl;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The cluster to prove on. Every call that changes something is kept in the {@link CallLog} and sent only once, as a
 * failed call may have been carried out. Reads are repeated a few times.
 *
 * @param client  the client for all calls, which is closed with this
 * @param version of the API server: {@code v1.34.1}
 */
public record Cluster(KubernetesClient client, ServedKinds kinds, String version) implements AutoCloseable {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int REQUEST_MILLIS = 10_000;
    private static final int READ_AGAIN = 3;
    /** The pause before the first repetition, in milliseconds; it doubles before each further one. */
    private static final int READ_AGAIN_AFTER_MILLIS = 250;

    /**
     * Connects to the cluster and reads its version.
     *
     * @throws EnvironmentNotFit if the kubeconfig cannot be used, or the API server cannot be reached or refuses
     */
    public static Cluster open(Settings settings, CallLog log) {
        return open(settings, log, Duration.ofMillis(REQUEST_MILLIS));
    }

    /** @param longest the time limit of an answer, at most 10 s */
    public static Cluster open(Settings settings, CallLog log, Duration longest) {
        Config config = config(settings.kubeconfig(), settings.kubeContext());
        config.setRequestTimeout((int) Math.min(REQUEST_MILLIS, longest.toMillis()));
        return open(config, settings.kubeconfig(), log, READ_AGAIN_AFTER_MILLIS,
                settings.lab() ? Proxies.none() : Proxies.of(System.getenv()));
    }

    static Cluster open(Path kubeconfig, Optional<String> context, CallLog log, int readAgainAfterMillis,
            Proxies proxies) {
        return open(config(kubeconfig, context), kubeconfig, log, readAgainAfterMillis, proxies);
    }

    private static Cluster open(Config config, Path kubeconfig, CallLog log, int readAgainAfterMillis,
            Proxies proxies) {
        requireOwnName(config);
        through(config, proxyUrl(config, kubeconfig), proxies);
        config.setRequestRetryBackoffInterval(readAgainAfterMillis);
        KubernetesClient client = client(config, log);
        try {
            return new Cluster(client, new ServedKinds(client), version(client, config));
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /**
     * Returns a client as every part of the suite uses it: it repeats only reads, and gives up a watch that does not
     * open within the configured request time.
     */
    public static KubernetesClient client(Config config, CallLog log) {
        HttpClient http = HttpClientUtils.getHttpClientFactory().newBuilder(config)
                .addOrReplaceInterceptor("exchange-log", new CallRecorder(log)).build();
        // The constructor is used, as the builder does not accept an existing client.
        return new KubernetesClientImpl(new ReadRetryClient(http, config.getRequestConfig()), config, null,
                new KubernetesSerialization());
    }

    public String address() {
        return client.getMasterUrl().toString();
    }

    @Override
    public void close() {
        client.close();
    }

    private static Config config(Path kubeconfig, Optional<String> context) {
        Config config;
        try {
            config = Config.fromKubeconfig(context.orElse(null), kubeconfig.toFile());
        } catch (RuntimeException e) {
            // The parser's own message may quote the file, and with it a key.
            throw new EnvironmentNotFit("KUBECONFIG " + kubeconfig + " is not a kubeconfig that can be read",
                    "Set KUBECONFIG to a file that 'kubectl --kubeconfig' accepts", e);
        }
        Optional<String> chosen = Optional.ofNullable(config.getCurrentContext()).map(NamedContext::getName);
        // If the context is missing, the client silently uses the file's current one: a different cluster.
        if (context.isPresent() && !context.equals(chosen)) {
            throw new EnvironmentNotFit("KUBECONFIG " + kubeconfig + " has no complete context " + context.get()
                    + "; it has " + names(kubeconfig),
                    "Set KUBE_CONTEXT to one that 'kubectl config get-contexts' lists");
        }
        if (chosen.isEmpty()) {
            throw new EnvironmentNotFit("KUBECONFIG " + kubeconfig + " has no current context; it has "
                    + names(kubeconfig),
                    "Set KUBE_CONTEXT to one that 'kubectl config get-contexts' lists");
        }
        impersonate(config, kubeconfig);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setRequestTimeout(REQUEST_MILLIS);
        config.setRequestRetryBackoffLimit(READ_AGAIN);
        config.setUserAgent(OwnershipLabels.OWNER);
        return config;
    }

    /** Impersonates as kubectl does: this client ignores the file's {@code as}, and would have more rights. */
    private static void impersonate(Config config, Path kubeconfig) {
        String user = config.getCurrentContext().getContext().getUser();
        KubeConfigUtils.parseConfig(kubeconfig.toFile()).getUsers().stream()
                .filter(named -> named.getName().equals(user) && named.getUser() != null).findFirst()
                .map(NamedAuthInfo::getUser).ifPresent(found -> {
                    config.setImpersonateUsername(found.getAs());
                    config.setImpersonateGroups(found.getAsGroups() == null ? new String[0]
                            : found.getAsGroups().toArray(String[]::new));
                    config.setImpersonateExtras(found.getAsUserExtra());
                });
    }

    private static String names(Path kubeconfig) {
        List<String> names = KubeConfigUtils.parseConfig(kubeconfig.toFile()).getContexts().stream()
                .map(NamedContext::getName).toList();
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    /** This client's HTTP ignores a name that differs from the address, and says so only in a log. */
    private static void requireOwnName(Config config) {
        String name = Optional.ofNullable(config.getTlsServerName()).orElse("");
        URI server = URI.create(config.getMasterUrl());
        if (!name.isEmpty() && !name.equalsIgnoreCase(server.getHost())) {
            throw new EnvironmentNotFit("The kubeconfig has tls-server-name " + name + " for " + server
                    + ", which is not supported", "Write that name into the server's address, https://" + name
                    + (server.getPort() > 0 ? ":" + server.getPort() : "") + ", in a copy of the file without"
                    + " tls-server-name, and have /etc/hosts lead it to " + server.getHost());
        }
    }

    /** The kubeconfig's proxy-url applies to every server, as in kubectl; without one, the environment's proxies do. */
    private static void through(Config config, Optional<String> own, Proxies proxies) {
        Optional<URI> proxy;
        try {
            proxy = own.map(Proxies::withPort).or(() -> proxies.proxyFor(URI.create(config.getMasterUrl())));
        } catch (IllegalArgumentException e) {
            throw new EnvironmentNotFit("The kubeconfig's proxy-url for " + config.getMasterUrl()
                    + " is not a URL of a proxy", "Write it like http://proxy.example.org:3128", e);
        }
        config.setHttpProxy(proxy.map(URI::toString).orElse(null));
        config.setHttpsProxy(config.getHttpProxy());
        config.setNoProxy(null);
    }

    /** Reads the file's proxy-url: the client uses one of http:// only for an http:// server, and no others. */
    private static Optional<String> proxyUrl(Config config, Path kubeconfig) {
        String cluster = config.getCurrentContext().getContext().getCluster();
        return KubeConfigUtils.parseConfig(kubeconfig.toFile()).getClusters().stream()
                .filter(named -> named.getName().equals(cluster)).map(named -> named.getCluster().getProxyUrl())
                .filter(url -> url != null && !url.isBlank()).findFirst();
    }

    private static String version(KubernetesClient client, Config config) {
        try {
            VersionInfo info = client.getKubernetesVersion();
            if (info == null || info.getGitVersion() == null) {
                throw new EnvironmentNotFit(client.getMasterUrl() + " does not tell a Kubernetes version",
                        "Set KUBECONFIG to a file that names a Kubernetes API server");
            }
            return info.getGitVersion();
        } catch (KubernetesClientException e) {
            throw ApiFailure.of("asking " + client.getMasterUrl() + " for its version" + Optional
                    .ofNullable(config.getHttpsProxy()).map(URI::create)
                    .map(proxy -> " through the proxy " + proxy.getHost() + ":" + proxy.getPort()).orElse(""), e);
        }
    }

    /** Records every call that changes something, as soon as it is answered. */
    private record CallRecorder(CallLog log) implements Interceptor {

        private static final int LONGEST_BODY = 4096;

        @Override
        public void after(HttpRequest request, HttpResponse<?> response,
                AsyncBody.Consumer<List<ByteBuffer>> consumer) {
            URI uri = request.uri();
            // Asking for a permission is a POST, too, and changes nothing.
            if (ReadRetryClient.reads(request.method()) || uri.getPath().startsWith("/apis/authorization.k8s.io/")) {
                return;
            }
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            log.record(new RecordedCall(Instant.now(), "kubernetes", request.method(), uri.getPath()
                    + query, response.code(), body(request)));
        }

        /** Returns the body of a command's patch, or of a namespace (its path has no name); others may be secret. */
        private static String body(HttpRequest request) {
            if (!"PATCH".equals(request.method()) && !request.uri().getPath().equals("/api/v1/namespaces")) {
                return "";
            }
            String body = Optional.ofNullable(request.bodyString()).orElse("");
            return Ellipsis.to(LONGEST_BODY, body);
        }
    }
}
