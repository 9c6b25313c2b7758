package delivery.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import okhttp3.Cookie;
import okhttp3.HttpUrl;
import okhttp3.Response;

/** The cookies that one user keeps, as a browser does. Safe for use by many threads. */
final class Cookies {

    private final List<Cookie> kept = new ArrayList<>();

    /** Keeps an answer's cookies, which replace those with the same name, domain and path, and returns their names. */
    synchronized Set<String> keep(Response response) {
        Set<String> names = new TreeSet<>();
        for (Cookie cookie : Cookie.parseAll(response.request().url(), response.headers())) {
            names.add(cookie.name());
            kept.removeIf(other -> other.name().equals(cookie.name()) && other.domain().equals(cookie.domain())
                    && other.path().equals(cookie.path()));
            kept.add(cookie);
        }
        return names;
    }

    /** Returns the Cookie header of a request for this address; empty if there is none. */
    synchronized Optional<String> header(HttpUrl url) {
        kept.removeIf(cookie -> cookie.expiresAt() < System.currentTimeMillis());
        String header = kept.stream().filter(cookie -> cookie.matches(url))
                .map(cookie -> cookie.name() + "=" + cookie.value()).collect(Collectors.joining("; "));
        return header.isEmpty() ? Optional.empty() : Optional.of(header);
    }
}
