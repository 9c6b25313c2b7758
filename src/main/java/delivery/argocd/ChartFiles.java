package delivery.argocd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.failure.EnvironmentNotFit;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * The value files that an Application's chart is rendered with, read by Argo CD's own repo server at the revision that
 * Argo CD compares the cluster with: no access to Git is needed.
 *
 * <p>Argo CD's {@code appdetails} returns only the chart's own file, whatever {@code helm.valueFiles} says, and
 * flattened merged values, where a shorter list keeps the end of the longer one below it ({@code GetParameters} in
 * util/helm/helm.go). So the other files are read through the git generator of an ApplicationSet that is generated but
 * never created ({@code POST /api/v1/applicationsets/generate}), which keeps lists and types.
 */
final class ChartFiles {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ANNOTATION = "values";
    private static final String MADE = "/metadata/annotations/" + ANNOTATION;
    /** The generator adds the file's own path to its contents, under this name, which no chart uses. */
    private static final String GENERATORS_OWN = "acceptanceGitFile";
    private static final String PATH = field("path");
    private static final String BASENAME = field("basenameNormalized");

    private final Api api;
    /** Files of subcharts, by where they were read: the same revision has the same files. */
    private final Map<String, List<ChartValues.File>> subcharts = new ConcurrentHashMap<>();

    ChartFiles(Api api) {
        this.api = api;
    }

    /**
     * Returns the files in the order in which Helm merges them, those of subcharts first.
     *
     * @throws EnvironmentNotFit if Argo CD has not compared the Application yet, its source is not a Helm chart, or a
     *                           file cannot be read
     */
    ChartValues of(Application application) {
        if (application.comparedRevision().isEmpty()) {
            throw new EnvironmentNotFit("Argo CD has not deployed the Application " + application.name() + " yet",
                    "Let it be synced first");
        }
        ObjectNode source = application.source().deepCopy();
        // Argo CD resolves references to other sources only for a source that is exactly the Application's.
        if (application.spec().path("sources").isEmpty()) {
            source.put("targetRevision", application.comparedRevision());
        }
        JsonNode details = details(application, source);
        String folder = source.path("path").asText("");
        ChartValues.File chart = new ChartValues.File((folder.isEmpty() ? "chart" : folder) + "/values.yaml",
                details.path("helm").path("values").asText(""));
        List<ChartValues.File> files = new ArrayList<>(subcharts(application, source));
        files.add(chart);
        List<String> named = source.path("helm").path("valueFiles").valueStream().map(file -> file.asText("")).toList();
        // A file from another repository, or a pattern for many files.
        boolean elsewhere = named.stream().anyMatch(file -> file.contains("://") || file.contains("*")
                || file.contains("$") && reference(application, file).isMissingNode());
        boolean packed = source.has("chart") && named.stream().anyMatch(file -> !file.startsWith("$"));
        if (elsewhere || packed) {
            return new ChartValues(List.copyOf(files), chart.text(), flat(details));
        }
        List<ChartValues.File> all = new ArrayList<>(files);
        try {
            for (String file : named) {
                JsonNode other = reference(application, file);
                if (!other.isMissingNode()) {
                    read(application, other, file.substring(file.indexOf('/') + 1)).ifPresent(all::add);
                    continue;
                }
                String path = path(folder, file);
                if (path.equals(path(folder, "values.yaml"))) {
                    all.add(chart);
                } else {
                    read(application, source, path).ifPresent(all::add);
                }
            }
            return new ChartValues(List.copyOf(all), chart.text(), Map.of());
        } catch (ArgoCdRefused refused) {
            return new ChartValues(List.copyOf(files), chart.text(), flat(details));
        }
    }

    /**
     * Returns the values of the subcharts, below the names by which the chart has them: Argo CD does not return them,
     * and the chart's own values override them. Packed and unreadable subcharts are left out.
     */
    private List<ChartValues.File> subcharts(Application application, JsonNode source) {
        if (source.has("chart")) {
            return List.of();
        }
        return subcharts.computeIfAbsent(source.path("repoURL") + " " + source.path("targetRevision") + " "
                + source.path("path") + " " + application.comparedRevision(), unread -> {
            String folder = source.path("path").asText("");
            List<ChartValues.File> files = new ArrayList<>();
            try {
                JsonNode all = json(read(application, source, path(folder, "Chart.yaml"))).path("dependencies");
                for (JsonNode needed : all) {
                    String name = needed.path("name").asText("");
                    String at = needed.path("repository").asText("");
                    String own = path(folder, at.startsWith("file://") ? at.substring(7) : "charts/" + name);
                    read(application, source, own + "/values.yaml").ifPresent(values -> files.add(new ChartValues.File(
                            values.name(), JSON.createObjectNode().set(needed.path("alias").asText(name),
                            json(Optional.of(values))).toString())));
                }
            } catch (ArgoCdRefused refused) {
                return List.of();
            }
            return List.copyOf(files);
        });
    }

    private static JsonNode json(Optional<ChartValues.File> file) {
        try {
            return file.isEmpty() ? MissingNode.getInstance() : JSON.readTree(file.get().text());
        } catch (JsonProcessingException unreadable) {
            return MissingNode.getInstance();
        }
    }

    /** Returns the source that {@code $name/path} refers to; missing if it refers to none. */
    private static JsonNode reference(Application application, String file) {
        return file.startsWith("$") && file.contains("/")
                ? ApplicationSource.reference(application.spec(), file.substring(1, file.indexOf('/')))
                : MissingNode.getInstance();
    }

    private JsonNode details(Application application, ObjectNode source) {
        boolean asItIs = source.equals(application.source());
        // Of an existing Application, Argo CD reports only sources in its history; of a possible new one, any source.
        ObjectNode body = JSON.createObjectNode().put("appName", application.name() + (asItIs ? "" : "-values"))
                .put("appProject", application.project());
        body.set("source", source);
        HttpUrl.Builder url = HttpUrl.get(api.server()).newBuilder().addPathSegments("api/v1/repositories")
                .addEncodedPathSegment(URLEncoder.encode(source.path("repoURL").asText(""), StandardCharsets.UTF_8))
                .addPathSegment("appdetails");
        JsonNode details = api.ask("POST", url.build(), body);
        if (!details.path("helm").isObject()) {
            throw new EnvironmentNotFit("The source of the Application " + application.name()
                    + " is not a Helm chart but "
                    + details.path("type").asText("unknown"), "Set APPLICATION to one that deploys a Helm chart");
        }
        return details;
    }

    /** Returns the folders that match a pattern; none if Argo CD does not report them. */
    List<String> folders(Application application, String pattern) {
        try {
            return matches(application, application.source(), "directories", pattern, PATH, BASENAME).toList();
        } catch (ArgoCdRefused refused) {
            return List.of();
        }
    }

    /** Returns the charts' names in folders that match a pattern, by folder; none if Argo CD does not report them. */
    Map<String, String> charts(Application application, String pattern) {
        Map<String, String> names = new TreeMap<>();
        try {
            matches(application, application.source(), "files", pattern + "/Chart.yaml", PATH + " {{ .name }}",
                    BASENAME).filter(line -> line.contains(" ")).forEach(line -> names.put(
                            line.substring(0, line.lastIndexOf(' ')), line.substring(line.lastIndexOf(' ') + 1)));
        } catch (ArgoCdRefused | EnvironmentNotFit unavailable) {
            return Map.of();
        }
        return names;
    }

    /**
     * Returns the texts that, between two parts, name an existing file; none if Argo CD does not report them.
     *
     * @param before the first part, as the Application's value files name it
     */
    List<String> between(Application application, String before, String after) {
        JsonNode other = reference(application, before);
        String start = other.isMissingNode() ? path(application.source().path("path").asText(""), before + "*")
                : path("", before.substring(before.indexOf('/') + 1) + "*");
        String named = start.substring(0, start.length() - 1);
        try {
            return matches(application, other.isMissingNode() ? application.source() : other, "files",
                    named + "*" + after, PATH + "/" + field("filename"), BASENAME + "-" + field("filenameNormalized"))
                    .map(file -> file.replaceFirst("^(\\./)?/?", "")).filter(file -> file.startsWith(named)
                            && file.endsWith(after) && file.length() > named.length() + after.length())
                    .map(file -> file.substring(named.length(), file.length() - after.length()))
                    .filter(middle -> !middle.contains("/")).toList();
        } catch (ArgoCdRefused | EnvironmentNotFit unavailable) {
            return List.of();
        }
    }

    /**
     * Renders a template for each file or folder of a repository that matches a pattern.
     *
     * @param kind {@code files} or {@code directories}
     * @param name another template, whose results are unique
     */
    private Stream<String> matches(Application application, JsonNode source, String kind, String pattern,
            String template, String name) {
        ObjectNode set = set(application, source, template);
        ((ObjectNode) set.at("/applicationSet/spec/generators/0/git")).putArray(kind).addObject().put("path", pattern);
        ((ObjectNode) set.at("/applicationSet/spec/template/metadata")).put("name", name);
        return generated(set).valueStream().map(made -> made.at(MADE).asText(""));
    }

    private JsonNode generated(ObjectNode set) {
        return api.ask("POST", api.url("api", "v1", "applicationsets", "generate"), set).path("applications");
    }

    private static String field(String name) {
        return "{{ ." + GENERATORS_OWN + ".path." + name + " }}";
    }

    /** Returns the first of these YAML files that the source's folder has; missing if Argo CD does not report it. */
    JsonNode file(Application application, List<String> names) {
        try {
            for (String name : names) {
                JsonNode read = json(read(application, application.source(),
                        path(application.source().path("path").asText(""), name)));
                if (!read.isMissingNode()) {
                    return read;
                }
            }
        } catch (ArgoCdRefused | EnvironmentNotFit unavailable) {
            return MissingNode.getInstance();
        }
        return MissingNode.getInstance();
    }

    /** Reads a file; empty if there is none: Argo CD would not have synced the Application if it needed the file. */
    private Optional<ChartValues.File> read(Application application, JsonNode source, String path) {
        ObjectNode set = set(application, source, "{{ toJson . }}");
        ((ObjectNode) set.at("/applicationSet/spec/generators/0/git")).putArray("files").addObject().put("path", path);
        String text = generated(set).path(0).at(MADE).asText("");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode values = JSON.readTree(text);
            ((ObjectNode) values).remove(GENERATORS_OWN);
            return Optional.of(new ChartValues.File(path, values.toString()));
        } catch (JsonProcessingException | ClassCastException unreadable) {
            throw api.notArgoCd("values that cannot be read", "POST /api/v1/applicationsets/generate");
        }
    }

    /** Returns an ApplicationSet whose Applications, never created, carry contents of Git as an annotation. */
    private static ObjectNode set(Application application, JsonNode source, String annotation) {
        ObjectNode set = JSON.createObjectNode();
        ObjectNode object = set.putObject("applicationSet");
        object.putObject("metadata").put("name", application.name() + "-values");
        ObjectNode spec = object.putObject("spec").put("goTemplate", true);
        spec.putArray("generators").addObject().putObject("git")
                .put("repoURL", source.path("repoURL").asText(""))
                .put("revision", source.path("targetRevision").asText())
                .put("pathParamPrefix", GENERATORS_OWN);
        ObjectNode template = spec.putObject("template");
        template.putObject("metadata").put("name", application.name() + "-values")
                .putObject("annotations").put(ANNOTATION, annotation);
        ObjectNode made = template.putObject("spec").put("project", application.project());
        made.set("source", application.source());
        made.set("destination", application.spec().path("destination"));
        return set;
    }

    /** Returns a path in the repository; a name that begins with a slash is relative to its root. */
    private static String path(String folder, String named) {
        return (named.startsWith("/") ? Path.of(named.substring(1)) : Path.of(folder).resolve(named)).normalize()
                .toString();
    }

    private static Map<String, String> flat(JsonNode details) {
        Map<String, String> flat = new TreeMap<>();
        details.path("helm").path("parameters").forEach(parameter ->
                flat.put(parameter.path("name").asText(""), parameter.path("value").asText("")));
        return flat;
    }
}
