package delivery.proxy;

import java.util.Locale;

/**
 * What a server between the suite and the real one does wrong.
 *
 * @param to       which server it stands in for
 * @param requests regular expression that a request must fit: {@code PATCH /apis/...}, method and path; all if not
 *                 given
 * @param does     what becomes of them
 * @param status   of its own answers
 * @param every    only each n-th of these requests; all if not given
 * @param after    so many of these requests are let through first
 * @param millis   how long an answer is held back or remembered
 * @param text     regular expression of what is replaced in a request's body
 * @param with     what stands there instead
 */
public record ProxyFault(Peer to, String requests, Kind does, int status, int every, int after, int millis, String text,
        String with) {

    /** A server that the suite speaks to. */
    public enum Peer {
        KUBERNETES, ARGOCD, REGISTRY, GATEWAY;

        /** As it is written in the catalogue. */
        @com.fasterxml.jackson.annotation.JsonValue
        public String spelling() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What becomes of a request. */
    public enum Kind {
        /** It is answered as a GET of the same path is: well, and nothing was done. */
        IGNORE,
        /** It is answered with the status, and not passed on. */
        REFUSE,
        /** It is passed on a while later. */
        DELAY,
        /** It is answered with what the same request was answered well before, for a while. */
        REMEMBER,
        /** Its answer's cookie is sent with all that come later: who was served once by one is always served by it. */
        STICK,
        /** Something in its body is replaced before it is passed on. */
        REPLACE,
        /** Its connection is closed with no answer, and it is not passed on. */
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
