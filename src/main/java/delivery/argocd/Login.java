package delivery.argocd;

import delivery.settings.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where Argo CD's API is, and as whom.
 *
 * @param certificate PEM file of the authority that signed its certificate, or of that itself; empty for the JVM's
 * @param insecure    whether its certificate is not verified
 */
public record Login(URI server, Optional<Secret> token, String username, Optional<Secret> password,
        Optional<Path> certificate, boolean insecure) {
}
