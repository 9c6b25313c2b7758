package delivery.layout;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.argocd.ApplicationSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Reads from an Application its source, its sync policy and its owner. */
record ApplicationSurvey(JsonNode application) {

    /** Begins the sync policy of an Application that Argo CD syncs by itself. */
    static final String AUTOMATED = "automated";

    String name() {
        return application.at("/metadata/name").asText("");
    }

    /** The source that renders the release; of several, the only one that is more than a reference. */
    JsonNode source() {
        return ApplicationSource.of(application.path("spec"));
    }

    /** The folder of that source in its repository. */
    String folder() {
        return ApplicationSource.folder(source());
    }

    private static List<JsonNode> rendering(JsonNode sources) {
        return sources.valueStream().filter(ApplicationSource::renders).toList();
    }

    /** Whether Argo CD renders it into a commit of another branch first, and deploys that. */
    boolean isHydrated() {
        return application.at("/spec/sourceHydrator").isObject();
    }

    /**
     * The places that files of the repository set ({@code helm.fileParameters}), whatever parameters say: Helm applies
     * {@code --set-file} last.
     *
     * @param needed the paths of the values that a release has to change
     */
    List<Finding> filed(Collection<String> needed) {
        return source().at("/helm/fileParameters").valueStream().map(file -> file.path("name").asText(""))
                .filter(needed::contains).map(path -> Finding.fault(Item.VALUE_TAG, path, "spec.source.helm"
                        + ".fileParameters takes it from a file of the repository, which wins over a parameter; set it"
                        + " by a value file or a parameter")).toList();
    }

    List<Finding> packaging() {
        if (isHydrated()) {
            return List.of(Finding.fault(Item.PACKAGING, "by the source hydrator", "spec.sourceHydrator; Argo CD"
                    + " renders it into a commit, where no parameter changes the version: prove an Application whose"
                    + " spec.source is its drySource"));
        }
        JsonNode sources = application.at("/spec/sources");
        List<JsonNode> rendering = rendering(sources);
        List<Finding> findings = new ArrayList<>();
        if (rendering.size() > 1) {
            findings.add(Finding.ambiguous(Item.PACKAGING, rendering.stream().map(ApplicationSurvey::place).toList(),
                    "spec.sources has " + rendering.size() + " that render objects, and a copy would differ in one of"
                            + " them; give the one that has the Rollout an Application of its own"));
            return findings;
        }
        String type = type(sources);
        findings.add(switch (type) {
            case "Helm" -> Finding.found(Item.PACKAGING, "Helm" + helm(source().path("helm")), "status.sourceType");
            case "Kustomize" -> Finding.found(Item.PACKAGING, "Kustomize", "status.sourceType");
            case "Directory" -> Finding.fault(Item.PACKAGING, "a directory of YAML or jsonnet",
                    "status.sourceType; it has no values that a copy could differ by: prove it in place"
                            + " (MODE=in-place), or have it rendered by Helm or Kustomize");
            case "" -> Finding.missing(Item.PACKAGING, "Argo CD has not rendered the Application yet; let it sync"
                    + " first");
            default -> Finding.fault(Item.PACKAGING, type, "status.sourceType; only Helm and Kustomize are supported");
        });
        findings.add(Finding.found(Item.SOURCE, place(source()), sources.isArray() ? "the only one of spec.sources that"
                + " renders objects" : "spec.source"));
        return findings;
    }

    /** How Argo CD renders it: {@code Helm}, {@code Kustomize}, {@code Directory}, {@code Plugin}. */
    String type() {
        return type(application.at("/spec/sources"));
    }

    /** Whether Kustomize, which can write a copy's namespace, renders the whole Application. */
    boolean isKustomizeAlone() {
        return type().equals("Kustomize") && rendering(application.at("/spec/sources")).size() < 2;
    }

    private String type(JsonNode sources) {
        JsonNode types = application.at("/status/sourceTypes");
        for (int index = 0; index < types.size(); index++) {
            if (ApplicationSource.renders(sources.path(index))) {
                return types.path(index).asText("");
            }
        }
        return application.at("/status/sourceType").asText("");
    }

    private static String helm(JsonNode helm) {
        List<String> own = new ArrayList<>();
        if (helm.path("valueFiles").size() > 0) {
            own.add("valueFiles " + helm.path("valueFiles"));
        }
        if (helm.path("valuesObject").isObject()) {
            own.add("valuesObject");
        } else if (!helm.path("values").asText("").isBlank()) {
            own.add("values");
        }
        if (helm.path("parameters").size() > 0) {
            own.add("parameters");
        }
        return own.isEmpty() ? "" : " with " + String.join(", ", own);
    }

    private static String place(JsonNode source) {
        return (source.has("chart") ? "chart " + source.path("chart").asText() : source.path("path").asText(""))
                + " of " + source.path("repoURL").asText("").replaceFirst("://[^/@]*@", "://")
                + " at " + source.path("targetRevision").asText("HEAD");
    }

    List<Finding> policy() {
        JsonNode automated = application.at("/spec/syncPolicy/automated");
        boolean on = automated.isObject() && automated.path("enabled").asBoolean(true);
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.found(Item.SYNC, on ? AUTOMATED + (automated.path("prune").asBoolean(false)
                ? ", prune" : "") : "by hand", "spec.syncPolicy" + (on ? ".automated" : " has nothing automated; the"
                + " suite syncs its copies, as a person does")));
        findings.add(on && automated.path("selfHeal").asBoolean(false)
                ? Finding.fault(Item.SELF_HEAL, "on", "spec.syncPolicy.automated.selfHeal; it takes back within seconds"
                        + " changes that are made only in the cluster, such as an undo")
                : Finding.none(Item.SELF_HEAL, "off", "spec.syncPolicy.automated.selfHeal"));
        return findings;
    }

    Finding owner() {
        for (JsonNode owner : application.at("/metadata/ownerReferences")) {
            return Finding.found(Item.OWNER, owner.path("kind").asText("") + " " + owner.path("name").asText(""),
                    "metadata.ownerReferences; it puts back what is changed in the Application itself");
        }
        String tracking = application.at("/metadata/annotations").path("argocd.argoproj.io/tracking-id").asText("");
        String parent = tracking.contains(":") ? tracking.substring(0, tracking.indexOf(':')) : "";
        String by = "the annotation argocd.argoproj.io/tracking-id";
        for (String label : List.of("argocd.argoproj.io/instance", "app.kubernetes.io/instance")) {
            String instance = application.at("/metadata/labels").path(label).asText("");
            if (parent.isEmpty() && !instance.isEmpty()) {
                parent = instance;
                by = "the label " + label;
            }
        }
        return parent.isEmpty() || parent.equals(name())
                ? Finding.none(Item.OWNER, "none", "no ownerReference, tracking annotation or instance label")
                : Finding.found(Item.OWNER, "Application " + parent,
                        by + "; it puts back what is changed in the Application itself");
    }
}
