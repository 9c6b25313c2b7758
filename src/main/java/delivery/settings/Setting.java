package delivery.settings;

import java.util.Optional;

/** Every setting there is, each an environment variable and a system property of the very same name, which wins. */
public enum Setting {

    KUBECONFIG(Kind.FILE, "", "Names the cluster to prove on. Not set: the lab."),
    KUBE_CONTEXT(Kind.TEXT, "", "Context of the kubeconfig. Not set: its current one."),
    ARGOCD_SERVER(Kind.URL_OR_HOST, "", "Argo CD's API. Needed with KUBECONFIG."),
    ARGOCD_AUTH_TOKEN(Kind.SECRET, "", "Token for Argo CD's API. This or ARGOCD_PASSWORD is needed with KUBECONFIG."),
    ARGOCD_USERNAME(Kind.TEXT, "admin", "User who logs in where there is no token."),
    ARGOCD_PASSWORD(Kind.SECRET, "", "Password of that user."),
    ARGOCD_SERVER_CRT(Kind.FILE, "", "PEM file of Argo CD's certificate or of the authority that signed it."),
    ARGOCD_INSECURE(Kind.FLAG, "false", "true: Argo CD's certificate is not verified."),
    APPLICATION(Kind.NAME, "sample-api",
            "The Argo CD Application that the scenarios' own ones are patterned on. It is only read, but with"
                    + " `MODE=in-place`."),
    MODE(Kind.choice("copies", "in-place"), "copies", "`in-place`: the criteria are proved on the Application itself,"
            + " which is put back afterwards; see [In place](in-place.md)."),
    YES(Kind.FLAG, "false", "true: answers the question before the Application itself is changed."),
    SELF_HEAL(Kind.choice("pause", "keep"), "pause", "`keep`: automated sync stays on while the criteria are proved in"
            + " place; self-heal then takes back an undo."),
    JOURNAL(Kind.OBJECT_NAME, "", "ConfigMap that holds what an Application is put back to, as `namespace/name`. Not"
            + " set: `progressive-delivery-<application>` in the Application's namespace."),
    ROLLOUT(Kind.NAME, "", "The Rollout that releases, where the Application has several."),
    CONTAINER(Kind.NAME, "", "The container that runs the release, where its pods have several."),
    SERVICE(Kind.NAME, "", "The Service that users ask, where the delivery has no route and several Services select"
            + " its pods."),
    VALUE_TAG(Kind.VALUE_PATH, "",
            "Where the image's tag stands in the values; of several places all, with commas. Not set: found, as all"
            + " places are; see `make layout`."),
    VALUE_HOST(Kind.VALUE_PATH, "", "Where the host stands in the values; `NAME,DOMAIN` where the chart"
            + " composes it of two."),
    VALUE_STRATEGY(Kind.VALUE_PATH, "", "Where the values say by which strategy a release is delivered."),
    STRATEGY_WORDS(Kind.STRATEGY_WORDS, "", "How they spell it: `blue-green=blueGreen,canary=canary`."),
    VALUE_REPLICAS(Kind.VALUE_PATH, "", "Where the number of pods stands in the values."),
    VALUE_STEPS(Kind.VALUE_PATH, "", "Where the steps of a canary stand in the values."),
    VALUE_DELAY(Kind.VALUE_PATH, "",
            "Where the seconds stand in the values for which an old version stays up after a switch."),
    GATEWAY(Kind.URL, "", "Where the release's hosts are served. Needed with KUBECONFIG, unless the delivery"
            + " has no route."),
    GATEWAY_CA(Kind.FILE, "",
            "PEM file of the authority that signed the gateway's certificate. Not set: those that Java trusts."),
    HOST_DOMAIN(Kind.DOMAIN, "sample-api.test", "Domain of the scenarios' hosts: each is `<name>.<domain>`."),
    COPY(Kind.OBJECTS, "", "Secrets and ConfigMaps of the live namespace that each scenario's namespace gets a copy"
            + " of."),
    STRATEGIES(Kind.STRATEGIES, "",
            "The strategies of the delivery. Not set: found. A criterion that needs another is *not applicable*."),
    REGISTRY(Kind.URL_OR_HOST, "", "Registry to push to, if it is not the host in the image's name."),
    REGISTRY_USERNAME(Kind.TEXT, "", "User who pushes. Not set: as Docker or Podman is logged in."),
    REGISTRY_PASSWORD(Kind.SECRET, "", "Password or token of that user."),
    APP_SOURCE(Kind.FOLDER, "lab/gitops/apps/sample-api/app",
            "Folder that holds the application's `version.py`. It is copied, never changed."),
    APP_DIRECTORY(Kind.FOLDER_IN_IMAGE, "/app", "Where that folder lies in the image."),
    BUILD(Kind.COMMAND, "", "Command that builds a new version and pushes it as `$IMAGE`, which must answer"
            + " `$VERSION`; or `same-image`, where the application answers with the tag that it is deployed by. Not"
            + " set: the files of APP_SOURCE are laid over the deployed image."),
    VERSION_LINE(Kind.LINE, "", "Line of a file in the image that holds the version, instead of BUILD:"
            + " `/app/version.py:VERSION = \"(.*)\"`. A new version has another text there."),
    NEW_TAG(Kind.VERSIONS, "", "New versions that are in the registry already, instead of BUILD. Nothing is built,"
            + " and none of them is deleted."),
    FAULTY_TAG(Kind.VERSION, "", "A version in the registry that the delivery's own analysis refuses. Not set: one"
            + " that answers another version than its tag says, where the analysis can tell."),
    VERSION_PATH(Kind.URL_PATH, "",
            "Path at which the application answers with its version. Not set: found at the live release."),
    VERSION_POINTER(Kind.POINTER, "", "Where in an answer of JSON the version stands. Not set: `/version`."),
    VERSION_HEADER(Kind.HEADER, "", "Header of the answer that holds the version, instead of a place in JSON."),
    VERSION_PATTERN(Kind.GROUP, "", "Finds the version in the answer's text, instead of a place in JSON."),
    POD_POINTER(Kind.POINTER, "", "Where in an answer of JSON the pod's name stands. Not set: pods are not told"
            + " apart, but for `/pod` where no setting says where the version stands."),
    POD_HEADER(Kind.HEADER, "", "Header of the answer that holds the pod's name."),
    POD_PATTERN(Kind.GROUP, "", "Finds the pod's name in the answer's text."),
    REQUESTS(Kind.count(100, 100_000), "1000", "Requests of one sample of traffic."),
    FALSE_RED_RATE(Kind.decimal("1e-9", "0.05"), "0.001",
            "How often a sample may be judged wrong although the traffic is split as asked."),
    PARALLEL(Kind.count(1, 64), String.valueOf(Math.min(64, Runtime.getRuntime().availableProcessors() * 3)),
            "Scenarios side by side.") {
        @Override
        String documentedDefault() {
            return "3 × cores";
        }
    },
    RELEASES(Kind.count(1, 64), "2",
            "Releases at a time; 4 on the lab. With fewer than scenarios, one scenario goes on with what another"
            + " left."),
    KEEP(Kind.FLAG, "false", "true: what the scenarios created stays."),
    PATIENCE(Kind.decimal("0.1", "20"), "1.0", "Multiplies the limit of every wait."),
    HISTORY(Kind.FOLDER_TO_BE, "", "Folder that keeps the report's history and trend over runs. Not set: it has none."),
    CHECKLIST(Kind.FILE, "", "The criteria that the features prove, a Markdown file. Not set: `features/task-9.md`."),
    TASK(Kind.FILE, "", "The task's own Markdown file: the run ticks its boxes and fills its Session History."),
    TASK_DRY_RUN(Kind.FLAG, "false", "true: what would be changed in that file is only printed.");

    private final Kind kind;
    private final String byDefault;
    private final String description;

    Setting(Kind kind, String byDefault, String description) {
        this.kind = kind;
        this.byDefault = byDefault;
        this.description = description;
    }

    /** What it is for, in one line of Markdown. */
    public String description() {
        return description;
    }

    /** Its value where none is given; empty if it has none. */
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

    /** The default as the documentation has it: the same on every machine. */
    String documentedDefault() {
        return byDefault;
    }
}
