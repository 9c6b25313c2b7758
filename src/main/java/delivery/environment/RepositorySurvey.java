package delivery.environment;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.argocd.Application;
import delivery.argocd.ArgoCd;
import delivery.layout.Overlays;
import delivery.layout.Survey;

/** What the repository of a delivery has beside what it is rendered from, as far as Argo CD tells. */
record RepositorySurvey(Overlays overlays) {

    static RepositorySurvey of(ArgoCd argoCd, JsonNode object, Application application) {
        return new RepositorySurvey(Survey.isKustomize(object) ? new Overlays(argoCd.folders(application,
                Survey.folders(object)), argoCd.kustomization(application)) : Overlays.NONE);
    }
}
