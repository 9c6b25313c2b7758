package delivery.registry;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import delivery.settings.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import okhttp3.HttpUrl;

/** The address and the login of an image's registry. */
public final class RegistryAccess {

    private final Optional<HttpUrl> address;
    private final Optional<Credential> credential;
    private final LoginFiles files;

    /**
     * @param address  URL of the registry if it is not the host in the image's name, which Kubernetes keeps using;
     *                 plain http is used only for an http URL
     * @param username the user who pushes; without a user and a password, Docker's or Podman's configuration applies
     * @throws IllegalArgumentException if the URL is neither http nor https, or has a path
     */
    public RegistryAccess(Optional<URI> address, Optional<String> username, Optional<Secret> password) {
        this(address, username, password, LoginFiles.of(System.getenv(), Path.of(System.getProperty("user.home"))));
    }

    RegistryAccess(Optional<URI> address, Optional<String> username, Optional<Secret> password, LoginFiles files) {
        this.files = files;
        this.address = address.map(url -> HttpUrl.get(url.toString()));
        if (this.address.filter(url -> !url.encodedPath().equals("/")).isPresent()) {
            throw new IllegalArgumentException("a registry has no path: " + address.get());
        }
        credential = username.flatMap(user -> password.map(secret -> Credential.from(user, secret.reveal())));
    }

    /** Whether passwords and images would travel unencrypted. */
    boolean plainHttp() {
        return address.filter(url -> !url.isHttps()).isPresent();
    }

    /** Returns the image's name at the address in use. */
    ImageReference reference(ImageName image) {
        String registry = address.map(url -> url.port() == HttpUrl.defaultPort(url.scheme()) ? url.host()
                : url.host() + ":" + url.port()).orElse(image.registry());
        return ImageReference.of(registry, image.repository(), image.tag(), image.digest().orElse(null));
    }

    /** Returns the address of an image's registry: {@code http://localhost:5000/}. */
    String address(ImageName image) {
        return repository(image).resolve("/").toString();
    }

    /** Returns the URL of the image's repository in the registry's API. */
    HttpUrl repository(ImageName image) {
        HttpUrl base = address.orElseGet(() -> HttpUrl.get("https://" + image.registry()));
        return base.newBuilder().addPathSegment("v2").addPathSegments(image.repository()).build();
    }

    CredentialRetriever credentials(ImageName image) {
        return () -> credential(image);
    }

    Optional<Credential> credential(ImageName image) {
        return credential.or(() -> login(image).credential());
    }

    /** Returns the user for an image, in words: "the user someone of ~/.docker/config.json", or "a guest" and why. */
    String whom(ImageName image) {
        return credential.map(known -> "the user " + known.getUsername())
                .orElseGet(() -> login(image).whom());
    }

    private LoginFiles.Login login(ImageName image) {
        return files.login(reference(image).getRegistry(), image.repository());
    }
}
