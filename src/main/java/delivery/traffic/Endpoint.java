package delivery.traffic;

import java.time.Duration;
import java.time.Instant;

/** What users ask a release for, and how an answer tells the version that gave it. */
public interface Endpoint {

    /** The API: a JSON object that names the version, and the pod if it likes. */
    Endpoint VERSION = new Endpoint() {
        @Override
        public String path() {
            return "/version";
        }

        @Override
        public String accept() {
            return "application/json";
        }

        @Override
        public Answer read(Instant at, int status, String body, Duration took) {
            return Answer.received(at, status, body, took);
        }
    };

    /** Path of the address, with a slash at its beginning. */
    String path();

    /** The types of an answer that are asked for. */
    String accept();

    /**
     * What came of a request.
     *
     * @param at     when it was sent
     * @param status HTTP status
     */
    Answer read(Instant at, int status, String body, Duration took);
}
