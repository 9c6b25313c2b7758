package delivery.history;

import java.time.Instant;
import java.util.Objects;

/**
 * A call that changed something and really went out.
 *
 * @param at     when it was sent, UTC
 * @param target whom it was sent to: {@code kubernetes}, {@code argocd} or {@code registry}
 * @param path   path of the address, with its query if it had one
 * @param status HTTP status of the answer; 0 if none came
 * @param body   what was sent, possibly cut short; empty if it is not kept. Never a secret.
 */
public record RecordedCall(Instant at, String target, String method, String path, int status, String body) {

    public RecordedCall {
        Objects.requireNonNull(at);
        Objects.requireNonNull(target);
        Objects.requireNonNull(method);
        Objects.requireNonNull(path);
        Objects.requireNonNull(body);
    }

    /** Whether the answer says that it was carried out. One that was refused, or got no answer, ends its case. */
    public boolean accepted() {
        return status >= 200 && status < 400;
    }
}
