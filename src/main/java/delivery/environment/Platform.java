package delivery.environment;

import delivery.argocd.ArgoCd;
import delivery.argocd.Login;
import delivery.evidence.Redaction;
import delivery.gateway.Gateway;
import delivery.history.CallLog;
import delivery.http.Proxies;
import delivery.http.ReadRetryInterceptor;
import delivery.kubernetes.Cluster;
import delivery.registry.Build;
import delivery.registry.Registry;
import delivery.registry.RegistryAccess;
import delivery.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The platform that criteria are proved on, opened from the settings: cluster, Argo CD, gateway and registry.
 *
 * @param named the gateway; empty if the settings name none, as a delivery without a route needs none
 */
public record Platform(Settings settings, Cluster cluster, ArgoCd argoCd, Optional<Gateway> named, Registry registry,
        Build build) implements AutoCloseable {

    /** The folder of the layers of base images that were pulled; {@code mvn clean} removes it. */
    private static final Path LAYERS = Path.of("target", "image-layers");

    /**
     * Opens the clients. The lab is reached without a proxy, and so is the gateway.
     *
     * @param log records every call that changes something
     * @throws delivery.failure.EnvironmentNotFit if the cluster cannot be reached
     */
    public static Platform open(Settings settings, CallLog log) {
        return open(settings, log, Duration.ofDays(1));
    }

    /**
     * Opens the clients with a limit for answers.
     *
     * @param longest the longest time for an answer, where no part has a shorter limit of its own
     */
    public static Platform open(Settings settings, CallLog log, Duration longest) {
        Proxies proxies = settings.lab() ? Proxies.none() : Proxies.of(System.getenv());
        if (settings.lab() || !proxies.isEmpty()) {
            proxies.install();
        }
        RegistryAccess access = new RegistryAccess(settings.registry(), settings.registryUsername(),
                settings.registryPassword());
        ArgoCd argoCd = new ArgoCd(new Login(settings.argoCdServer(), settings.argoCdToken(),
                settings.argoCdUsername(), settings.argoCdPassword(), settings.argoCdCertificate(),
                settings.argoCdInsecure()), log, ReadRetryInterceptor.FIRST_PAUSE, longest);
        argoCd.beginSession();
        return new Platform(settings, Cluster.open(settings, log, longest), argoCd,
                settings.gateway().map(url -> new Gateway(url, settings.gatewayAuthority(), longest)),
                new Registry(access).within(longest),
                Build.of(settings, access, LAYERS, log, new Redaction(settings.secrets())));
    }

    /** @throws delivery.failure.InvalidSettings if the settings name none */
    public Gateway gateway() {
        return named.orElseThrow(settings::withoutGateway);
    }

    /** The Applications that runs created. */
    public ManagedApplications applications() {
        return new ManagedApplications(argoCd, cluster.client(), settings.application());
    }

    @Override
    public void close() {
        named.ifPresent(Gateway::close);
        argoCd.close();
        cluster.close();
    }
}
