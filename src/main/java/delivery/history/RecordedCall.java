package delivery.history;

import java.time.Instant;
import java.util.Objects;

/**
 * A call that changed something and was really sent.
 *
 * @param at     when it was sent, UTC
 * @param target that it was sent to: {@code kubernetes}, {@code argocd} or {@code registry}
 * @param path   path of the address, including a query
 * @param status HTTP status of the answer; 0 if none came
 * @param body   content that was sent, possibly shortened; empty if it is not kept. Never a secret.
 */
public record RecordedCall(Instant at, String target, String method, String path, int status, String body) {

    public RecordedCall {
        Objects.requireNonNull(at);
        Objects.requireNonNull(target);
        Objects.requireNonNull(method);
        Objects.requireNonNull(path);
        Objects.requireNonNull(body);
    }

    /** Whether the answer says that it was carried out. A call that was refused or not answered ends its case. */
    public boolean accepted() {
        return status >= 200 && status < 400;
    }
}
