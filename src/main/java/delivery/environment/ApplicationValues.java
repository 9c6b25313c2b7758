package delivery.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.Application;
import delivery.argocd.ArgoCd;
import delivery.argocd.ChartValues;
import delivery.chart.Values;

/** The values that an Application's chart is rendered with. */
final class ApplicationValues {

    private ApplicationValues() {
    }

    /**
     * The values at the revision that Argo CD compares with now: the chart's file, the Application's value files, its
     * values, its parameters.
     */
    static Values of(Application application, ArgoCd argoCd) {
        return of(application, argoCd.values(application));
    }

    static Values of(Application application, ChartValues chart) {
        Values values = chart.files().stream().map(file -> Values.parse(file.name(), file.text()))
                .reduce(Values::over).orElseThrow().withMerged(chart.merged());
        JsonNode helm = application.source().path("helm");
        if (helm.path("valuesObject") instanceof ObjectNode object) {
            values = values.over(Changes.map(object));
        } else if (!helm.path("values").asText("").isBlank()) {
            values = values.over(Values.parse("the Application's values", helm.path("values").asText()));
        }
        return values.withParameters(application.helmParameters(), application.textParameters());
    }
}
