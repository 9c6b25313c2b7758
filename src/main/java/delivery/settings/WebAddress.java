package delivery.settings;

import java.net.URI;
import java.net.URISyntaxException;

/** An http or https address, without a slash at its end. */
final class WebAddress {

    private WebAddress() {
    }

    /** @throws IllegalArgumentException if it is none; the message never repeats it, as a password may be in it */
    static URI parse(String text) {
        URI uri;
        try {
            uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text).parseServerAuthority();
        } catch (URISyntaxException invalid) {
            // Not as the cause: its message repeats the text, and a password may be in it.
            throw new IllegalArgumentException("is not an address; write one such as https://host:port");
        }
        if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "has no http:// or https:// and host; write one such as https://host:port");
        }
        if (uri.getUserInfo() != null) {
            throw new IllegalArgumentException("carries a user; give it in the settings for user and password instead");
        }
        if (uri.getQuery() != null || uri.getFragment() != null) {
            throw new IllegalArgumentException("carries a query or a fragment; leave it out");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65535) {
            throw new IllegalArgumentException("has a port that does not exist; write 1 to 65535");
        }
        return uri;
    }
}
