package delivery.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.history.PerformedAction;
import java.time.Instant;
import java.util.Map;
import okhttp3.HttpUrl;

/** Changes the specification of an existing Application and syncs it, as a person does. */
public final class LiveApplicationWriter {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Api api;

    LiveApplicationWriter(Api api) {
        this.api = api;
    }

    /**
     * A changed Application.
     *
     * @param object the Application as Argo CD has it now
     */
    public record Written(PerformedAction action, JsonNode object) {
    }

    /**
     * Replaces the specification if it is still the expected one, which Argo CD tests in the same call. It writes after
     * it has validated the new source, and reads again then (argo-cd, server/application): a change by somebody else in
     * between is lost. The returned action leaves out the specification, which may contain a secret.
     *
     * @param options the equivalent options of {@code argocd app set}
     * @throws delivery.failure.EnvironmentNotFit if it is another one, which Argo CD reports like any failure
     */
    public Written replace(Application application, JsonNode expected, JsonNode spec, String options) {
        HttpUrl url = api.url("api", "v1", "applications", application.name());
        ObjectNode body = JSON.createObjectNode().put("name", application.name())
                .put("patch", patch(expected, spec).toString()).put("patchType", "json")
                .put("project", application.project());
        Instant at = Instant.now();
        JsonNode changed = sent(application, "PATCH", url, body);
        return new Written(new PerformedAction("argocd app set " + application.name() + options,
                "PATCH " + url.encodedPath(), at), changed);
    }

    private static ArrayNode patch(JsonNode expected, JsonNode spec) {
        ArrayNode operations = JSON.createArrayNode();
        operations.addObject().put("op", "test").put("path", "/spec").set("value", expected);
        operations.addObject().put("op", "replace").put("path", "/spec").set("value", spec);
        return operations;
    }

    /**
     * Syncs the Application now, and prunes the objects that it no longer has.
     *
     * @throws ArgoCdRefused if a sync window or another sync is in the way
     */
    public Written sync(Application application) {
        HttpUrl url = api.url("api", "v1", "applications", application.name(), "sync");
        ObjectNode body = JSON.createObjectNode().put("name", application.name())
                .put("project", application.project()).put("prune", true);
        Instant at = Instant.now();
        JsonNode asked = sent(application, "POST", url, body);
        return new Written(new PerformedAction("argocd app sync " + application.name() + " --prune",
                "POST " + url.encodedPath() + " " + body, at), asked);
    }

    private JsonNode sent(Application application, String method, HttpUrl url, JsonNode body) {
        JsonNode answer = api.send(method, url, body);
        if (!answer.at("/metadata/name").asText("").equals(application.name()) || !answer.path("spec").isObject()) {
            throw api.notArgoCd("no Application " + application.name(), method + " " + url.encodedPath());
        }
        return answer;
    }

    /**
     * Returns the options of {@code argocd app set} that set these parameters and these values. The values themselves
     * are left out, as they may contain a secret.
     */
    public static String options(Map<String, String> parameters, JsonNode values) {
        return SourceParameters.options(parameters) + (values.isEmpty() ? "" : " --values-literal-file values.yaml");
    }
}
