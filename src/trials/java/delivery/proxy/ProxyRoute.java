package delivery.proxy;

import delivery.environment.Platform;
import delivery.settings.Settings;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** A faulty proxy, and the settings that lead the suite to it instead of to the real server. */
public final class ProxyRoute implements AutoCloseable {

    private final FaultyProxy server;
    private final Map<String, String> settings;

    private ProxyRoute(FaultyProxy server, Map<String, String> settings) {
        this.server = server;
        this.settings = settings;
    }

    /**
     * @param platform the real servers
     * @param folder   for the files that the settings name
     */
    public static ProxyRoute by(ProxyFault misconduct, Platform platform, Path folder)
            throws IOException, InterruptedException {
        Settings real = platform.settings();
        return switch (misconduct.to()) {
            case GATEWAY -> plain(misconduct, real.gateway().orElseThrow(), "GATEWAY");
            case REGISTRY -> plain(misconduct, real.registry().orElseThrow(), "REGISTRY");
            case ARGOCD -> {
                FaultyProxy server = new FaultyProxy(misconduct, new FaultyProxy.Real(real.argoCdServer(),
                        Optional.of(Files.readString(real.argoCdCertificate().orElseThrow())), Optional.empty()));
                Path certificate = Files.writeString(folder.resolve("argocd.crt"), server.certificate());
                yield new ProxyRoute(server, Map.of("ARGOCD_SERVER", server.address().toString(),
                        "ARGOCD_SERVER_CRT", certificate.toString()));
            }
            case KUBERNETES -> {
                Config config = platform.cluster().client().getConfiguration();
                FaultyProxy server = new FaultyProxy(misconduct, new FaultyProxy.Real(
                        URI.create(config.getMasterUrl()), Optional.of(decoded(config.getCaCertData())),
                        Optional.of(new String[] {decoded(config.getClientCertData()),
                            decoded(config.getClientKeyData())})));
                yield new ProxyRoute(server, Map.of("KUBECONFIG", kubeconfig(server, folder).toString()));
            }
        };
    }

    private static ProxyRoute plain(ProxyFault misconduct, URI real, String setting) throws InterruptedException {
        FaultyProxy server = new FaultyProxy(misconduct,
                new FaultyProxy.Real(real, Optional.empty(), Optional.empty()));
        return new ProxyRoute(server, Map.of(setting, server.address().toString()));
    }

    private static Path kubeconfig(FaultyProxy server, Path folder) throws IOException {
        return Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: between
                contexts: [{name: between, context: {cluster: between, user: between}}]
                clusters: [{name: between, cluster: {server: "%s", certificate-authority-data: %s}}]
                users: [{name: between, user: {}}]
                """.formatted(server.address(), Base64.getEncoder().encodeToString(
                        server.certificate().getBytes(StandardCharsets.UTF_8))));
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    /** Returns the number of requests that the fault has applied to so far. */
    public int misconducts() {
        return server.misconducts();
    }

    /** Returns the settings to pass to the suite. */
    public Map<String, String> settings() {
        return settings;
    }

    @Override
    public void close() {
        server.close();
    }
}
