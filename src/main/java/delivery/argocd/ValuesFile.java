package delivery.argocd;

/**
 * A file of values that a chart is rendered with.
 *
 * @param name its path in the repository
 * @param text YAML or JSON
 */
public record ValuesFile(String name, String text) {
}
