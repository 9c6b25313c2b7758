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
 * The fields of a source that {@code argocd app set} changes, each as a name and a text: Helm parameters by their
 * paths, Helm's value files as {@code helm.valueFiles}, Kustomize's images as {@code kustomize.images[NAME]}, and the
 * folder of the chart or overlay as {@code source.path}.
 */
public final class SourceParameters {

    /** The name of the parameter for the source's folder. */
    public static final String PATH = "source.path";

    /** The name of the parameter for a Helm source's value files, separated by commas. */
    public static final String VALUE_FILES = "helm.valueFiles";

    private static final String IMAGE = "kustomize.images[";
    private static final ObjectMapper JSON = new ObjectMapper();

    private SourceParameters() {
    }

    /** Returns the name of the parameter for a Kustomize image, given the image that it replaces. */
    public static String image(String replaced) {
        return IMAGE + replaced + "]";
    }

    /** Whether a parameter is one that a Kustomize source has. */
    public static boolean isKustomize(String name) {
        return name.equals(PATH) || name.startsWith(IMAGE);
    }

    /** Returns the Helm parameters only. */
    static Map<String, String> ofHelm(JsonNode source) {
        Map<String, String> parameters = new LinkedHashMap<>();
        source.path("helm").path("parameters").forEach(parameter ->
                parameters.put(parameter.path("name").asText(""), parameter.path("value").asText("")));
        return parameters;
    }

    /** Returns the parameters of a source, in their order. */
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
        if (changes && !ApplicationSource.folder(source).isEmpty()) {
            parameters.put(PATH, ApplicationSource.folder(source));
        }
        return parameters;
    }

    /** Applies changes of parameters to the source itself. */
    public static void apply(ObjectNode source, Map<String, String> changes) {
        ApplicationSource.merge(source, change(source, changes));
    }

    /** Sets the values, or Kustomize's patches, of the source itself; they replace all that it sets now. */
    public static void applyValues(ObjectNode source, ObjectNode values) {
        ApplicationSource.merge(source, values(values));
    }

    /** Returns the changes to the source's fields. */
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

    /** Returns the changes to the source's fields that set these values, or Kustomize's patches. */
    static ObjectNode values(ObjectNode values) {
        ObjectNode change = JSON.createObjectNode();
        if (values.has(Application.PATCHES)) {
            return change.set("kustomize", values);
        }
        change.putObject("helm").putNull("values").set("valuesObject", values);
        return change;
    }

    /** Returns the options of {@code argocd app set} and {@code create}. */
    static String options(Map<String, String> parameters) {
        StringBuilder text = new StringBuilder();
        parameters.forEach((name, value) -> text.append(name.equals(PATH) ? " --path " + word(value)
                : name.equals(VALUE_FILES) ? " --values " + value.replace(",", " --values ")
                : name.startsWith(IMAGE) ? " --kustomize-image " + name.substring(IMAGE.length(), name.length() - 1)
                        + "=" + value : " -p " + word(name + "=" + value)));
        return text.toString();
    }

    /** Quotes a text as one word for a shell: a rule has backticks, an element of a list has brackets. */
    static String word(String text) {
        return text.matches("[\\w./:=,@%+-]*") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** Returns images by the image that each replaces: {@code poll=ghcr.io/team/poll:1.0.0}. */
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
