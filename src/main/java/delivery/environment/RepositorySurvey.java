package delivery.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import delivery.argocd.Application;
import delivery.argocd.ArgoCd;
import delivery.layout.Overlays;
import delivery.layout.Survey;
import java.util.List;

/** What the repository of a delivery has beside what it is rendered from, as far as Argo CD tells. */
record RepositorySurvey(Overlays overlays) {

    static RepositorySurvey of(ArgoCd argoCd, JsonNode object, Application application) {
        if (Survey.isKustomize(object)) {
            return new RepositorySurvey(new Overlays(argoCd.folders(application, Survey.folders(object)),
                    argoCd.kustomization(application), List.of()));
        }
        List<String> words = Survey.valueFile(object).map(file -> argoCd.between(application, file.before(),
                file.after())).orElse(List.of());
        return new RepositorySurvey(new Overlays(List.of(), MissingNode.getInstance(), words));
    }
}
