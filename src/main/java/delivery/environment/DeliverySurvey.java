package delivery.environment;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.argocd.Application;
import delivery.argocd.ApplicationResources;
import delivery.argocd.ArgoCdRefused;
import delivery.argocd.ChartValues;
import delivery.chart.Values;
import delivery.clone.LiveRelease;
import delivery.clone.ManifestObject;
import delivery.failure.EnvironmentNotFit;
import delivery.layout.Layout;
import delivery.layout.LiveObjects;
import delivery.layout.Survey;
import delivery.traffic.AnswerSearch;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a delivery consists of, and how that is laid out. To find it changes nothing. */
public record DeliverySurvey(LiveRelease live, Values values, Layout layout) {

    /** @throws EnvironmentNotFit if there is no such Application, or something cannot be read */
    public static DeliverySurvey of(Platform platform, String name) {
        JsonNode object = platform.argoCd().object(name).orElseThrow(() -> new EnvironmentNotFit(
                "Argo CD has no Application " + name, "Set APPLICATION to the one that the delivery is proved for"));
        Application application = Application.parse(object);
        ApplicationResources resources = platform.argoCd().resources();
        List<ManifestObject> running = resources.live(application).stream().map(ManifestObject::new).toList();
        List<ManifestObject> compared = resources.compared(application).stream().map(ManifestObject::new).toList();
        List<ManifestObject> rendered = resources.rendered(application).stream().map(ManifestObject::new).toList();
        boolean helm = Survey.isHelm(object);
        Optional<ChartValues> chart = helm ? Optional.of(platform.argoCd().values(application)) : Optional.empty();
        Values values = chart.map(read -> Blueprint.values(application, read))
                .orElseGet(() -> Values.parse("the Application", "{}"));
        Layout layout = new Survey(object, new LiveObjects(running, rendered), helm ? Optional.of(values)
                : Optional.empty(), chart.map(ChartValues::text).orElse(""),
                helm ? List.of() : platform.argoCd().folders(application, Survey.folders(object)),
                SettingPlaces.of(platform.settings()))
                .layout(platform.cluster().kinds()::of, (host, tag) -> AnswerSearch.PATHS.parallelStream()
                        .map(path -> AnswerSearch.ask(path, tag, asked -> platform.gateway().ask(host, asked)))
                        .toList(), VersionSurvey.of(platform));
        return new DeliverySurvey(LiveRelease.of(
                application.spec().at("/destination/namespace").asText(""),
                Stream.concat(running.stream(), compared.stream()).toList()), values, layout);
    }

    /** What in the layout of a delivery keeps it from serving anybody; empty if nothing of that is known. */
    static Optional<String> fault(Platform platform, String name) {
        try {
            return of(platform, name).layout().unserved();
        } catch (EnvironmentNotFit | ArgoCdRefused | KubernetesClientException unknown) {
            return Optional.empty();
        }
    }
}
