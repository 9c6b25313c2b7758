package delivery.argocd;

import java.util.List;
import java.util.Map;

/**
 * The values of a chart before an Application sets its own over them.
 *
 * @param files  the value files in the order in which they are merged, those of subcharts first
 * @param text   the chart's own file, with its comments
 * @param merged all values merged by Argo CD, as text by path; empty if {@code files} has them all
 */
public record ChartValues(List<File> files, String text, Map<String, String> merged) {

    /**
     * A value file that a chart is rendered with.
     *
     * @param name its path in the repository
     * @param text YAML or JSON
     */
    public record File(String name, String text) {
    }
}
