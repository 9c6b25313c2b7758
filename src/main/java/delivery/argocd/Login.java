package delivery.argocd;

import delivery.settings.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The address of Argo CD's API, and the user's credentials.
 *
 * @param certificate PEM file of its certificate, or of the authority that signed it; empty for the JVM's
 * @param insecure    whether to accept any certificate
 */
public record Login(URI server, Optional<Secret> token, String username, Optional<Secret> password,
        Optional<Path> certificate, boolean insecure) {
}
