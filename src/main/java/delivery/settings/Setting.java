package delivery.settings;

import java.util.Optional;

/** All settings. Each is an environment variable, or a system property of the same name, which takes precedence. */
public enum Setting {

    KUBECONFIG(Kind.FILE, "", "Kubeconfig of the cluster to prove on. Not set: the lab."),
    KUBE_CONTEXT(Kind.TEXT, "", "Context in the kubeconfig. Not set: its current one."),
    ARGOCD_SERVER(Kind.URL_OR_HOST, "", "Argo CD's API. Required with KUBECONFIG."),
    ARGOCD_AUTH_TOKEN(Kind.SECRET, "", "Token for Argo CD's API. This or ARGOCD_PASSWORD is required with"
            + " KUBECONFIG."),
    ARGOCD_USERNAME(Kind.TEXT, "admin", "User who logs in with ARGOCD_PASSWORD."),
    ARGOCD_PASSWORD(Kind.SECRET, "", "Password of that user."),
    ARGOCD_SERVER_CRT(Kind.FILE, "", "PEM file with Argo CD's certificate, or with that of the authority that"
            + " signed it."),
    ARGOCD_INSECURE(Kind.FLAG, "false", "true: Argo CD's certificate is not verified."),
    APPLICATION(Kind.NAME, "sample-api",
            "The Argo CD Application to prove. It is only read, and scenarios deploy copies of it, unless"
                    + " `MODE=in-place` is set."),
    MODE(Kind.choice("copies", "in-place"), "copies", "`in-place`: the criteria are proved on the Application itself,"
            + " which is put back afterwards. See [In place](in-place.md)."),
    YES(Kind.FLAG, "false", "true: the Application itself is changed without a question at the terminal."),
    SELF_HEAL(Kind.choice("pause", "keep"), "pause", "`keep`: automated sync stays on while the criteria are proved in"
            + " place. Self-heal then reverts an undo: RB-1 is proved up to that, and RB-2 is not met."),
    JOURNAL(Kind.OBJECT_NAME, "", "ConfigMap that records the Application before a run in place changes it, as"
            + " `namespace/name`. Not set: `progressive-delivery-<application>` in the Application's namespace."),
    ROLLOUT(Kind.NAME, "", "The Rollout to prove, if the Application has several."),
    CONTAINER(Kind.NAME, "", "The container that runs the application, if its pods have several."),
    SERVICE(Kind.NAME, "", "The Service that users call, if the delivery has no route and several Services select"
            + " its pods."),
    VALUE_TAG(Kind.VALUE_PATH, "",
            "Path of the image's tag in the chart's values; several paths with commas. If this or another path is not"
            + " set, it is found by looking: see `make layout`."),
    VALUE_HOST(Kind.VALUE_PATH, "", "Path of the host in the values; two paths with a comma if the chart"
            + " joins a name and a domain."),
    VALUE_STRATEGY(Kind.VALUE_PATH, "", "Path of the value that selects the strategy."),
    STRATEGY_WORDS(Kind.STRATEGY_WORDS, "", "How that value spells the strategies:"
            + " `blue-green=blueGreen,canary=canary`."),
    VALUE_REPLICAS(Kind.VALUE_PATH, "", "Path of the number of pods in the values."),
    VALUE_STEPS(Kind.VALUE_PATH, "", "Path of the canary's steps in the values."),
    VALUE_DELAY(Kind.VALUE_PATH, "",
            "Path of the seconds in the values for which the old version stays up after a switch."),
    GATEWAY(Kind.URL, "", "Address at which the release's hosts are served; their names need not be in DNS. Required"
            + " with KUBECONFIG, unless the delivery has no route."),
    GATEWAY_CA(Kind.FILE, "",
            "PEM file of the authority that signed the gateway's certificate. Not set: the authorities that Java"
                    + " trusts."),
    HOST_DOMAIN(Kind.DOMAIN, "sample-api.test", "Domain of the copies' hosts: each is `<name>.<domain>`, and the"
            + " gateway must serve it."),
    COPY(Kind.OBJECTS, "", "Secrets and ConfigMaps of the live namespace that are copied into each copy's namespace."),
    STRATEGIES(Kind.STRATEGIES, "",
            "The strategies of the delivery. Not set: found by looking. A criterion that needs another is *not"
                    + " applicable*."),
    REGISTRY(Kind.URL_OR_HOST, "", "Registry to push to, if it is not the host in the image's name."),
    REGISTRY_USERNAME(Kind.TEXT, "", "User who pushes. Not set: the login of Docker or Podman."),
    REGISTRY_PASSWORD(Kind.SECRET, "", "Password or token of that user."),
    APP_SOURCE(Kind.FOLDER, "lab/gitops/apps/sample-api/app",
            "Folder with the application's `version.py`. It is copied, never changed."),
    APP_DIRECTORY(Kind.FOLDER_IN_IMAGE, "/app", "Path of that folder in the image."),
    BUILD(Kind.COMMAND, "", "Command that builds a version that answers `$VERSION`, and pushes it as `$IMAGE`. Or"
            + " `same-image`, if the application answers with the tag that it is deployed by. Not set: the files of"
            + " APP_SOURCE replace those in the deployed image."),
    VERSION_LINE(Kind.LINE, "", "Where a file in the image holds the version, instead of BUILD:"
            + " `/app/version.py:VERSION = \"(.*)\"`. A new version has another text in that place."),
    NEW_TAG(Kind.VERSIONS, "", "Versions that are in the registry already, instead of BUILD. Nothing is built,"
            + " and none of them is deleted."),
    FAULTY_TAG(Kind.VERSION, "", "A version in the registry that the delivery's analysis refuses. Not set: a"
            + " version is built whose answer does not match its tag, if the analysis can notice that."),
    VERSION_PATH(Kind.URL_PATH, "",
            "Path at which the application answers with its version. Not set: found at the live release or, if"
                    + " another `VERSION_` or `POD_` setting is given, `/version`."),
    VERSION_POINTER(Kind.POINTER, "", "Place of the version in a JSON answer. Not set: found, or `/version`, like"
            + " VERSION_PATH."),
    VERSION_HEADER(Kind.HEADER, "", "Header of the answer that holds the version, instead of a place in JSON."),
    VERSION_PATTERN(Kind.GROUP, "", "Finds the version in the answer's text, instead of a place in JSON."),
    POD_POINTER(Kind.POINTER, "", "Place of the pod's name in a JSON answer. Not set: `/pod`, or none if another"
            + " `VERSION_` or `POD_` setting is given."),
    POD_HEADER(Kind.HEADER, "", "Header of the answer that holds the pod's name."),
    POD_PATTERN(Kind.GROUP, "", "Finds the pod's name in the answer's text."),
    REQUESTS(Kind.count(100, 100_000), "1000", "Requests of one sample of traffic."),
    FALSE_RED_RATE(Kind.decimal("1e-9", "0.05"), "0.001",
            "Accepted probability that a sample is judged wrong although the traffic is split as asked."),
    PARALLEL(Kind.count(1, 64), String.valueOf(Math.min(64, Runtime.getRuntime().availableProcessors() * 3)),
            "Scenarios that run side by side.") {
        @Override
        String documentedDefault() {
            return "3 × cores";
        }
    },
    RELEASES(Kind.count(1, 64), "2",
            "Copies that are deployed at a time; 4 on the lab. If there are fewer than scenarios, a scenario continues"
            + " with the copy that another one left."),
    KEEP(Kind.FLAG, "false", "true: the release of a scenario that failed stays until the next run."),
    PATIENCE(Kind.decimal("0.1", "20"), "1.0", "Multiplies the limit of every wait."),
    HISTORY(Kind.FOLDER_TO_BE, "", "Folder that keeps the report's history and trend over runs. Not set: none are"
            + " kept."),
    CHECKLIST(Kind.FILE, "", "Markdown file with the criteria that the features prove. Not set: `features/task-9.md`."),
    TASK(Kind.FILE, "", "The task's own Markdown file: the run ticks its boxes and fills its Session History."),
    TASK_DRY_RUN(Kind.FLAG, "false", "true: the changes to that file are printed and not written.");

    private final Kind kind;
    private final String byDefault;
    private final String description;

    Setting(Kind kind, String byDefault, String description) {
        this.kind = kind;
        this.byDefault = byDefault;
        this.description = description;
    }

    /** Returns its purpose, in one line of Markdown. */
    public String description() {
        return description;
    }

    /** Returns its default value; empty if it has none. */
    public Optional<String> defaultValue() {
        return byDefault.isEmpty() ? Optional.empty() : Optional.of(byDefault);
    }

    /** Whether its value must never be shown. */
    public boolean isSecret() {
        return kind == Kind.SECRET;
    }

    Kind kind() {
        return kind;
    }

    /** Returns the default for the documentation, which is the same on every machine. */
    String documentedDefault() {
        return byDefault;
    }
}
