package delivery.rollout;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code Secret} or a {@code ConfigMap} of a namespace. */
public record NamespacedObject(String kind, String name) implements Comparable<NamespacedObject> {

    private static final Pattern WRITTEN =
            Pattern.compile("(?i:(secret|configmap))s?/([a-z0-9]([a-z0-9.-]*[a-z0-9])?)");

    /** @throws IllegalArgumentException if the text does not look like {@code secret/regcred,configmap/env} */
    public static Set<NamespacedObject> list(String text) {
        Set<NamespacedObject> objects = new LinkedHashSet<>();
        for (String part : text.split(",", -1)) {
            Matcher written = WRITTEN.matcher(part.strip());
            if (!written.matches()) {
                throw new IllegalArgumentException("names what is neither a Secret nor a ConfigMap; write"
                        + " secret/NAME or configmap/NAME, several with commas between them");
            }
            objects.add(new NamespacedObject(written.group(1).equalsIgnoreCase("secret") ? "Secret" : "ConfigMap",
                    written.group(2)));
        }
        return objects;
    }

    /** The argument form of kubectl: {@code secret/regcred}. */
    public String argument() {
        return kind.toLowerCase(Locale.ROOT) + "/" + name;
    }

    /** The resource name in paths of the API: {@code secrets}. */
    public String resource() {
        return kind.toLowerCase(Locale.ROOT) + "s";
    }

    @Override
    public int compareTo(NamespacedObject other) {
        return Comparator.comparing(NamespacedObject::kind).thenComparing(NamespacedObject::name).compare(this, other);
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
