package delivery.proxy;

import java.util.Locale;

/**
 * A fault of a server between the suite and the real one.
 *
 * @param to       the server that the proxy stands in for
 * @param requests regular expression that must match a request's method and path: {@code PATCH /apis/...}; all if not
 *                 given
 * @param does     the effect on these requests
 * @param status   HTTP status of the proxy's own answers
 * @param every    n, if only every n-th of these requests is affected; all if not given
 * @param after    number of these requests that are let through first
 * @param millis   milliseconds that an answer is held back or remembered, or comes back
 * @param text     regular expression of the text to replace in a request's body, or of the version in an answer
 * @param with     the text that replaces it
 */
public record ProxyFault(Peer to, String requests, Kind does, int status, int every, int after, int millis, String text,
        String with) {

    /** A server that the suite connects to. */
    public enum Peer {
        KUBERNETES, ARGOCD, REGISTRY, GATEWAY;

        /** Returns the name that the catalogue uses. */
        @com.fasterxml.jackson.annotation.JsonValue
        public String spelling() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** An effect on a request. */
    public enum Kind {
        /** The request is not passed on; the answer is that of a GET of the same path, as if it had succeeded. */
        IGNORE,
        /** The request is not passed on, and is answered with the status. */
        REFUSE,
        /** The request is passed on after a while. */
        DELAY,
        /** For a while, the request is answered with an earlier successful answer to the same request. */
        REMEMBER,
        /**
         * Once it has been answered many times by the same version, the version before answers again for a moment, or
         * the status does if there is one.
         */
        RELAPSE,
        /** The cookie of its answer is sent with all later requests, so that one backend serves them all. */
        STICK,
        /** A text in its body is replaced before the request is passed on. */
        REPLACE,
        /** The request is not passed on, and its connection is closed without an answer. */
        DROP;

        @com.fasterxml.jackson.annotation.JsonValue
        public String spelling() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ProxyFault {
        requests = requests == null ? ".*" : requests;
        every = every == 0 ? 1 : every;
    }
}
