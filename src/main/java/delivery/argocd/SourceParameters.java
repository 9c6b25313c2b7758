package delivery.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What {@code argocd app set} changes in a source by a name and a text: Helm parameters by their paths, and Helm's
 * value files by {@code helm.valueFiles}; of Kustomize an image by {@code kustomize.images[NAME]}; and of both the
 * folder of the chart or overlay by {@code source.path}.
 */
public final class SourceParameters {

    /** The name of the folder that a source is in. */
    public static final String PATH = "source.path";

    /** The value files of a Helm source, with commas between them. */
    public static final String VALUE_FILES = "helm.valueFiles";

    private static final String IMAGE = "kustomize.images[";
    private static final ObjectMapper JSON = new ObjectMapper();

    private SourceParameters() {
    }

    /** The name of an image of Kustomize, by the image that it replaces. */
    public static String image(String replaced) {
        return IMAGE + replaced + "]";
    }

    /** Whether a name is one of Kustomize's own. */
    public static boolean isKustomize(String name) {
        return name.equals(PATH) || name.startsWith(IMAGE);
    }

    /** Of Helm alone, as a chart has them. */
    static Map<String, String> ofHelm(JsonNode source) {
        Map<String, String> parameters = new LinkedHashMap<>();
        source.path("helm").path("parameters").forEach(parameter ->
                parameters.put(parameter.path("name").asText(""), parameter.path("value").asText("")));
        return parameters;
    }

    /** Those that say how a new Application differs: its chart is that of the one that it is like. */
    static Map<String, String> ofNew(JsonNode source) {
        Map<String, String> parameters = of(source);
        if (!source.path("kustomize").isObject()) {
            parameters.remove(PATH);
        }
        return parameters;
    }

    /** Those that a source has, in their order. */
    static Map<String, String> of(JsonNode source) {
        Map<String, String> parameters = ofHelm(source);
        if (!source.path("helm").path("valueFiles").isEmpty()) {
            parameters.put(VALUE_FILES, source.path("helm").path("valueFiles").valueStream().map(JsonNode::asText)
                    .collect(Collectors.joining(",")));
        }
        if (source.path("kustomize").isObject()) {
            images(source).forEach((replaced, image) -> parameters.put(image(replaced), image));
        }
        boolean changes = source.path("kustomize").isObject() || source.path("helm").isObject();
        if (changes && !source.path("path").asText("").isEmpty()) {
            parameters.put(PATH, source.path("path").asText(""));
        }
        return parameters;
    }

    /** Changes them in a source itself. */
    public static void apply(ObjectNode source, Map<String, String> changes) {
        ApplicationSource.merge(source, change(source, changes));
    }

    /** Lays values over the chart's in a source itself, all that it has so; of Kustomize they are its patches. */
    public static void applyValues(ObjectNode source, ObjectNode values) {
        ApplicationSource.merge(source, values(values));
    }

    /** What changes in the source. */
    static ObjectNode change(JsonNode source, Map<String, String> changes) {
        ObjectNode change = JSON.createObjectNode();
        Map<String, JsonNode> helm = new LinkedHashMap<>();
        Map<String, String> images = new LinkedHashMap<>();
        changes.forEach((name, value) -> {
            if (name.equals(PATH)) {
                change.put("path", value);
            } else if (name.equals(VALUE_FILES)) {
                ArrayNode files = change.withObject("/helm").putArray("valueFiles");
                List.of(value.split(",")).forEach(files::add);
            } else if (name.startsWith(IMAGE)) {
                images.put(name.substring(IMAGE.length(), name.length() - 1), value);
            } else {
                helm.put(name, ArgoCd.parameter(name, value));
            }
        });
        if (!helm.isEmpty()) {
            Map<String, JsonNode> all = new LinkedHashMap<>();
            source.path("helm").path("parameters")
                    .forEach(parameter -> all.put(parameter.path("name").asText(""), parameter));
            all.putAll(helm);
            change.withObject("/helm").set("parameters", JSON.createArrayNode().addAll(all.values()));
        }
        if (!images.isEmpty()) {
            Map<String, String> all = images(source);
            all.putAll(images);
            ArrayNode list = change.putObject("kustomize").putArray("images");
            all.forEach((name, image) -> list.add(image.startsWith(name + ":") ? image : name + "=" + image));
        }
        return change;
    }

    /** What changes in the source with these values, or patches of Kustomize. */
    static ObjectNode values(ObjectNode values) {
        ObjectNode change = JSON.createObjectNode();
        if (values.has(Application.PATCHES)) {
            return change.set("kustomize", values);
        }
        change.putObject("helm").putNull("values").set("valuesObject", values);
        return change;
    }

    /** Options of {@code argocd app set} and {@code create}. */
    static String options(Map<String, String> parameters) {
        StringBuilder text = new StringBuilder();
        parameters.forEach((name, value) -> text.append(name.equals(PATH) ? " --path " + word(value)
                : name.equals(VALUE_FILES) ? " --values " + value.replace(",", " --values ")
                : name.startsWith(IMAGE) ? " --kustomize-image " + name.substring(IMAGE.length(), name.length() - 1)
                        + "=" + value : " -p " + word(name + "=" + value)));
        return text.toString();
    }

    /** As a shell takes it for one word: a rule has backticks, an element of a list has brackets. */
    static String word(String text) {
        return text.matches("[\\w./:=,@%+-]*") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** The images that replace others, by those: {@code poll=ghcr.io/team/poll:1.0.0}. */
    private static Map<String, String> images(JsonNode source) {
        Map<String, String> images = new LinkedHashMap<>();
        for (JsonNode entry : source.path("kustomize").path("images")) {
            String image = entry.asText("");
            int equals = image.indexOf('=');
            int colon = image.indexOf(':', image.lastIndexOf('/') + 1);
            int end = equals >= 0 ? equals : image.contains("@") ? image.indexOf('@') : colon;
            images.put(end < 0 ? image : image.substring(0, end), image.substring(equals + 1));
        }
        return images;
    }
}
