package delivery.environment;

import delivery.history.CallLog;
import delivery.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** A platform of which one server is all: the Kubernetes API, Argo CD and the gateway. */
public final class OneServer {

    private OneServer() {
    }

    /**
     * Opens it.
     *
     * @param address of the server, which must tell a Kubernetes version
     * @param folder  for its kubeconfig
     */
    public static Platform platform(String address, Path folder, CallLog log) throws IOException {
        return platform(address, folder, log, Map.of());
    }

    /** The same with further settings. */
    public static Platform platform(String address, Path folder, CallLog log, Map<String, String> further)
            throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s"}}]
                users: [{name: u, user: {token: t}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """.formatted(address));
        Map<String, String> settings = new HashMap<>(further);
        settings.putAll(Map.of("KUBECONFIG", kubeconfig.toString(), "ARGOCD_SERVER", address, "ARGOCD_AUTH_TOKEN", "t",
                "GATEWAY", address, "REGISTRY", address));
        return Platform.open(Settings.load(settings, new Properties(), Map.of()), log);
    }
}
