package delivery.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.Application;
import delivery.argocd.ApplicationSource;
import delivery.argocd.ArgoCd;
import delivery.argocd.ArgoCdRefused;
import delivery.argocd.SourceParameters;
import delivery.chart.Values;
import delivery.failure.EnvironmentNotFit;
import delivery.layout.Overlays;
import delivery.layout.Survey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the files and folders of the delivery's repository that may hold the other strategy, as far as Argo CD shows
 * them.
 */
record RepositorySurvey(Overlays overlays) {

    static RepositorySurvey of(ArgoCd argoCd, JsonNode object, Application application) {
        if (Survey.isKustomize(object)) {
            return new RepositorySurvey(new Overlays(argoCd.folders(application, Survey.folders(object)),
                    argoCd.kustomization(application), List.of(), changes -> Optional.empty()));
        }
        List<String> words = Survey.valueFile(object).map(file -> argoCd.between(application, file.before(),
                file.after())).orElse(List.of());
        List<String> folders = Survey.isHelm(object)
                ? Survey.charts(object, argoCd.charts(application, Survey.folders(object))) : List.of();
        return new RepositorySurvey(new Overlays(folders, MissingNode.getInstance(), words,
                changes -> values(argoCd, object, changes)));
    }

    private static Optional<Values> values(ArgoCd argoCd, JsonNode object, Map<String, String> changes) {
        if (!Set.of(SourceParameters.PATH, SourceParameters.VALUE_FILES).containsAll(changes.keySet())
                || changes.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode changed = object.deepCopy();
        SourceParameters.apply((ObjectNode) ApplicationSource.of(changed.path("spec")), changes);
        try {
            Application other = Application.parse(changed);
            return Optional.of(ApplicationValues.of(other, argoCd.values(other)));
        } catch (ArgoCdRefused | EnvironmentNotFit unavailable) {
            return Optional.empty();
        }
    }
}
