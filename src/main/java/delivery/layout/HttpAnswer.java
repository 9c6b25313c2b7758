package delivery.layout;

import java.util.Map;

/**
 * What the live release answered to one request, as it came.
 *
 * @param path    that was asked for
 * @param status  HTTP status; 0 if no answer came
 * @param headers by their names in lower case
 * @param body    what came first of it, or why no answer came
 */
public record HttpAnswer(String path, int status, Map<String, String> headers, String body) {

    public HttpAnswer {
        headers = Map.copyOf(headers);
    }
}
