package delivery.environment;

import delivery.history.CallLog;
import delivery.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;

/** A platform in one server: the Kubernetes API, Argo CD and the gateway. */
public final class OneServer {

    private OneServer() {
    }

    /**
     * Opens the platform.
     *
     * @param address of the server, which must answer with a Kubernetes version
     * @param folder  for its kubeconfig
     */
    public static Platform platform(String address, Path folder, CallLog log) throws IOException {
        return platform(address, folder, log, Map.of());
    }

    /** Opens the platform with further settings. */
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

    /**
     * Returns a dispatcher for a registry that has every tag but {@code v9}, and a Kubernetes API that returns its
     * version.
     *
     * @param writes receives the method and path of every request that is not a read
     */
    public static Dispatcher registry(List<String> writes) {
        return new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                if (!request.getMethod().equals("GET")) {
                    writes.add(request.getMethod() + " " + request.getPath());
                    return new MockResponse().setResponseCode(202).setHeader("Location", request.getPath() + "1");
                }
                return request.getPath().equals("/version") ? new MockResponse().setBody("{\"gitVersion\":\"v1.34.1\"}")
                        : request.getPath().endsWith("/v9")
                        ? new MockResponse().setResponseCode(404).setBody("{\"errors\":[]}")
                        : new MockResponse().setBody("{\"schemaVersion\":2,\"config\":{\"digest\":\"sha256:c\"}}");
            }
        };
    }
}
