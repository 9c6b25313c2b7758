package delivery.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.failure.EnvironmentNotFit;
import delivery.history.CallLog;
import delivery.history.PerformedAction;
import delivery.http.ReadRetryInterceptor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.HttpUrl;

/** A client of Argo CD's REST API, as its web page uses it. */
public final class ArgoCd implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST = Duration.ofSeconds(90);

    private final Api api;
    private final ChartFiles files;
    private final ApplicationList list;

    /** Creates a client, which sends no request yet; {@code log} records every call that changes something. */
    public ArgoCd(Login login, CallLog log) {
        this(login, log, ReadRetryInterceptor.FIRST_PAUSE, LONGEST);
    }

    /**
     * @param readAgainAfter the pause before a read is repeated for the first time
     * @param longest        the time limit of a call, at most 90 s
     */
    public ArgoCd(Login login, CallLog log, Duration readAgainAfter, Duration longest) {
        this.api = new Api(login, log, readAgainAfter, longest.compareTo(LONGEST) < 0 ? longest : LONGEST);
        this.files = new ChartFiles(api);
        this.list = new ApplicationList(api);
    }

    /** Begins to log the user in; the first call waits for that, and throws what prevents it. */
    public void beginSession() {
        api.beginSession();
    }

    /** Returns Argo CD's version, as Argo CD reports it. */
    public String version() {
        return api.send("GET", api.url("api", "version"), null).path("Version").asText("unknown");
    }

    /**
     * @return the user's name
     * @throws EnvironmentNotFit if the user is not logged in
     */
    public String requireUser() {
        JsonNode user = api.send("GET", api.url("api", "v1", "session", "userinfo"), null);
        if (!user.path("loggedIn").asBoolean()) {
            throw new EnvironmentNotFit("Argo CD at " + api.server() + " does not know the user",
                    "Set ARGOCD_AUTH_TOKEN to a valid token");
        }
        return user.path("username").asText("");
    }

    /** Reads an Application; empty if the project has none with this name. */
    public Optional<Application> find(String name, String project) {
        try {
            return Optional.of(read(name, application(name, project).build()));
        } catch (ArgoCdRefused refused) {
            if (refused.status() == 404) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** Reads an Application of any project. Argo CD answers 403 for one that does not exist, so the list is read. */
    public Optional<Application> find(String name) {
        return object(name).map(Application::parse);
    }

    /** Returns the whole object of an Application of any project. */
    public Optional<JsonNode> object(String name) {
        List<JsonNode> found = list.named(name);
        // Of several, take the one that all other calls, which name no namespace, refer to.
        String own = found.size() < 2 ? "" : list.ownNamespace();
        return found.stream().filter(one -> own.isEmpty() || one.at("/metadata/namespace").asText("").equals(own))
                .findFirst();
    }

    /** Returns the list of all Applications that the user may see. */
    public ApplicationList list() {
        return list;
    }

    /** Returns the annotations of the Applications that carry a label, by the name of the Application. */
    public Map<String, Map<String, String>> labelled(String label, String value) {
        return list.labelled(label, value);
    }

    /** Returns the permissions of its user. */
    public AccountPermissions permissions() {
        return new AccountPermissions(api);
    }

    /**
     * Creates an Application. The returned action shows what differs from the pattern alone: the rest of what it holds
     * is the team's, and may contain a secret.
     *
     * @param object  the whole Application
     * @param changes the parameters that differ from its pattern
     */
    public PerformedAction create(JsonNode object, Map<String, String> changes) {
        HttpUrl url = api.url("api", "v1", "applications");
        Instant at = Instant.now();
        String name = object.path("metadata").path("name").asText("");
        requireApplication(name, "POST", url, object);
        JsonNode values = ApplicationSource.of(object.path("spec")).path("helm").path("valuesObject");
        return new PerformedAction("argocd app create " + name + LiveApplicationWriter.options(changes, values),
                "POST " + url.encodedPath(), at);
    }

    /**
     * Changes Helm parameters of an Application, as {@code argocd app set NAME -p key=value} does. The list is replaced
     * as a whole, so the other parameters are sent too. Values stay texts, so that a tag 1.10 does not become 1.1. The
     * same call turns automated sync off, so that the result of the change can be judged before it is applied; see
     * {@link #automate}.
     */
    public PerformedAction set(Application application, Map<String, String> changes) {
        HttpUrl own = application(application.name(), application.project()).build();
        JsonNode current = requireApplication(application.name(), "GET", own, null);
        JsonNode spec = current.path("spec");
        return patch(application, spec, ApplicationSource.patch(spec,
                SourceParameters.change(ApplicationSource.of(spec), changes)), ApplicationSource.option(spec)
                + SourceParameters.options(changes));
    }

    /**
     * Changes the values that an Application sets over its chart's, as
     * {@code argocd app set NAME --values-literal-file FILE} does, and turns its automated sync off.
     *
     * @param values all values, including the unchanged ones, or Kustomize's patches; the parameters stay
     */
    public PerformedAction setValues(Application application, ObjectNode values) {
        return patch(application, application.spec(), ApplicationSource.patch(application.spec(),
                SourceParameters.values(values)), ApplicationSource.option(application.spec())
                + LiveApplicationWriter.options(Map.of(), values));
    }

    /** @param automated the policy of its syncs, as in {@code spec.syncPolicy.automated} */
    public PerformedAction automate(Application application, JsonNode automated) {
        ObjectNode patch = JSON.createObjectNode();
        patch.putObject("spec").putObject("syncPolicy").set("automated", automated);
        return patch(application, MissingNode.getInstance(), patch, " --sync-policy automated"
                + (automated.path("prune").asBoolean(false) ? " --auto-prune" : "")
                + (automated.path("selfHeal").asBoolean(false) ? " --self-heal" : "")
                + (automated.path("allowEmpty").asBoolean(false) ? " --allow-empty" : ""));
    }

    /** Patches the specification, and turns automated sync off in the same call if it is on. */
    private PerformedAction patch(Application application, JsonNode spec, ObjectNode patch, String options) {
        boolean automated = spec.at("/syncPolicy/automated").isObject();
        if (automated) {
            ((ObjectNode) patch.path("spec")).putObject("syncPolicy").putNull("automated");
        }
        ObjectNode body = JSON.createObjectNode().put("name", application.name()).put("patch", patch.toString())
                .put("patchType", "merge").put("project", application.project());
        HttpUrl url = api.url("api", "v1", "applications", application.name());
        Instant at = Instant.now();
        requireApplication(application.name(), "PATCH", url, body);
        return new PerformedAction("argocd app set " + application.name() + (automated ? " --sync-policy none" : "")
                + options, "PATCH " + url.encodedPath(), at);
    }

    /** Returns a Helm parameter whose value stays a text, except a boolean: the text "false" is true in a template. */
    public static ObjectNode parameter(String name, String value) {
        ObjectNode parameter = JSON.createObjectNode().put("name", name).put("value", value);
        return value.equals("true") || value.equals("false") ? parameter : parameter.put("forceString", true);
    }

    /** Waits until Argo CD's controller has compared the Application with Git and the cluster, and returns it. */
    public Application refresh(String name, String project) {
        return read(name, application(name, project).addQueryParameter("refresh", "normal").build());
    }

    private Application read(String name, HttpUrl url) {
        return Application.parse(requireApplication(name, "GET", url, null));
    }

    /** Requires an Application: any other object would be read as one that asks for nothing and has nothing. */
    private JsonNode requireApplication(String name, String method, HttpUrl url, JsonNode body) {
        JsonNode answer = api.send(method, url, body);
        if (!answer.path("metadata").path("name").asText("").equals(name) || !answer.path("spec").isObject()) {
            throw api.notArgoCd("no Application " + name, method + " " + url.encodedPath());
        }
        return answer;
    }

    /** Deletes an Application but nothing that it deployed, and returns whether there was one. */
    public boolean delete(String name) {
        try {
            api.send("DELETE", api.url("api", "v1", "applications", name).newBuilder()
                    .addQueryParameter("cascade", "false").build(), JSON.createObjectNode());
            return true;
        } catch (ArgoCdRefused gone) {
            // Argo CD answers 403 if the Application does not exist, and 404 if the call names its project.
            boolean forbidden = gone.status() == 403 && find(name).isPresent();
            if (forbidden || gone.status() != 404 && gone.status() != 403) {
                throw gone;
            }
            return false;
        }
    }

    /**
     * Returns the values of the chart at the revision that Argo CD compares the cluster with: from its own file and
     * from those that the Application names.
     *
     * @throws EnvironmentNotFit if Argo CD has not compared it yet, or the source is not a Helm chart
     */
    public ChartValues values(Application application) {
        return files.of(application);
    }

    /**
     * Returns folders of an Application's repository.
     *
     * @param pattern such as {@code overlays/*}; empty for none
     * @return an empty list, too, if Argo CD does not report them
     */
    public List<String> folders(Application application, Optional<String> pattern) {
        return pattern.map(wanted -> files.folders(application, wanted)).orElse(List.of());
    }

    /**
     * Returns the names of the charts in folders of an Application's repository, by folder.
     *
     * @param pattern such as {@code charts/*}; empty for none
     * @return an empty map, too, if Argo CD does not report them
     */
    public Map<String, String> charts(Application application, Optional<String> pattern) {
        return pattern.map(wanted -> files.charts(application, wanted)).orElse(Map.of());
    }

    /**
     * Returns the texts between two parts of a value file's name, from the files in the Application's repository.
     *
     * @return an empty list, too, if Argo CD does not report them
     */
    public List<String> between(Application application, String before, String after) {
        return files.between(application, before, after);
    }

    /** Returns the kustomization.yaml of an Application's overlay; missing if Argo CD does not report it. */
    public JsonNode kustomization(Application application) {
        return files.file(application, List.of("kustomization.yaml", "kustomization.yml", "Kustomization"));
    }

    /** Returns a YAML file from the folder of an Application's source; missing if Argo CD does not report it. */
    public JsonNode file(Application application, String name) {
        return files.file(application, List.of(name));
    }

    public ApplicationResources resources() {
        return new ApplicationResources(api);
    }

    /** Returns a writer that changes existing Applications. */
    public LiveApplicationWriter writer() {
        return new LiveApplicationWriter(api);
    }

    /** Returns the sync window of its project that now keeps Argo CD from syncing it by itself; empty if none does. */
    public Optional<SyncWindow> syncWindow(String name, String project) {
        return SyncWindow.inTheWay(api.send("GET", api.url("api", "v1", "applications", name, "syncwindows")
                .newBuilder().addQueryParameter("project", project).build(), null));
    }

    /** Follows an Application from now on, until the feed is closed. */
    public ApplicationFeed follow(String name, String project) {
        return new ApplicationFeed(this, name, project);
    }

    /** Returns the call that opens the stream of an Application's changes; the caller executes and cancels it. */
    Call stream(String name, String project) {
        return api.stream(api.url("api", "v1", "stream", "applications").newBuilder().addQueryParameter("name", name)
                .addQueryParameter("project", project).build());
    }

    private HttpUrl.Builder application(String name, String project) {
        return api.url("api", "v1", "applications", name).newBuilder().addQueryParameter("project", project);
    }

    @Override
    public void close() {
        api.close();
    }
}
