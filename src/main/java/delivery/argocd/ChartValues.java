package delivery.argocd;

import java.util.List;
import java.util.Map;

/**
 * The values of a chart before an Application lays its own over them.
 *
 * @param files  in the order in which they are laid over each other, those of the charts within it first
 * @param text   of the chart's own file, with its comments
 * @param merged all of them merged by Argo CD, as text by path; empty if {@code files} has them all
 */
public record ChartValues(List<File> files, String text, Map<String, String> merged) {

    /**
     * A file of values that a chart is rendered with.
     *
     * @param name its path in the repository
     * @param text YAML or JSON
     */
    public record File(String name, String text) {
    }
}
