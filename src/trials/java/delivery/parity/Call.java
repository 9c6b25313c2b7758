package delivery.parity;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A call that changes something, as the API server audited it. The content type, which an audit event does not have, is
 * taken from the call as it was sent.
 *
 * @param path  without the name of the namespace
 * @param query without the question mark; empty if there is none
 */
record Call(String method, String path, String query, String contentType, JsonNode body) {

    @Override
    public String toString() {
        return method + " " + path + (query.isEmpty() ? "" : "?" + query) + " " + contentType + " " + body;
    }
}
