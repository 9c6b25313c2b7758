package delivery.environment;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.argocd.Application;
import delivery.argocd.ApplicationResources;
import delivery.argocd.ApplicationResources.Managed;
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
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The parts of a delivery and their layout, found without changing anything.
 *
 * @param prefixes  the prefixes of the paths that its routes lead to it; empty if they lead all paths
 * @param overrides the files in Git that Argo CD lays over the Application's source
 * @param order     the order of several sources
 */
public record DeliverySurvey(LiveRelease live, Values values, Layout layout, String project,
        List<String> prefixes, SourceOverrides overrides,
        SourceOrder order) {

    /** @throws EnvironmentNotFit if the Application does not exist, or something cannot be read */
    public static DeliverySurvey of(Platform platform, String name) {
        JsonNode asked = ApplicationLookup.require(platform.argoCd(), name);
        ApplicationLookup.requireRendered(asked);
        ApplicationResources resources = platform.argoCd().resources();
        try (ParallelReads reads = new ParallelReads()) {
            Supplier<Managed> managing = reads.begin(() -> resources.managed(Application.parse(asked)));
            Supplier<List<ManifestObject>> rendering = reads.begin(() -> objects(resources.rendered(
                    Application.parse(asked))));
            SourceOrder order = SourceOrder.of(platform.argoCd(), asked, () -> objects(managing.get().live()));
            JsonNode ordered = order.over(asked);
            SourceOverrides overrides = SourceOverrides.of(platform.argoCd(), Application.parse(ordered));
            JsonNode object = overrides.over(ordered);
            Application application = Application.parse(object);
            boolean helm = Survey.isHelm(object);
            Supplier<Optional<ChartValues>> reading = reads.begin(() -> helm
                    ? Optional.of(platform.argoCd().values(application)) : Optional.empty());
            Supplier<RepositorySurvey> repository = reads.begin(() -> RepositorySurvey.of(platform.argoCd(), object,
                    application));
            List<ManifestObject> running = objects(managing.get().live());
            requireDeployed(platform, application, running);
            Supplier<Optional<EnvironmentNotFit>> elsewhere = reads.begin(() ->
                    new DestinationCluster(platform.cluster()).otherThan(application, running));
            List<ManifestObject> rendered = rendering.get();
            rendered.stream().map(ManifestObject::apiVersion).distinct().forEach(version -> reads.begin(() ->
                    platform.cluster().kinds().of(rendered.stream().filter(known ->
                            known.apiVersion().equals(version)).findFirst().orElseThrow())));
            Optional<ChartValues> chart = reading.get();
            Values values = chart.map(read -> ApplicationValues.of(application, read))
                    .orElseGet(() -> Values.parse("the Application", "{}"));
            LiveObjects delivered = new LiveObjects(running, rendered);
            List<String> prefixes = delivered.prefixes(SettingPlaces.of(platform.settings()));
            Survey survey = new Survey(object, delivered, helm ? Optional.of(values)
                    : Optional.empty(), chart.map(ChartValues::text).orElse(""), repository.get().overlays(),
                    SettingPlaces.of(platform.settings()));
            Layout layout = overrides.annotate(order.annotate(survey.layout(platform.cluster().kinds()::of,
                    (exposure, tag) -> Entrances.ofLive(platform, exposure, running).stream()
                            .flatMap(users -> AnswerSearch.paths(prefixes).stream()
                            .map(path -> reads.begin(() -> AnswerSearch.ask(path, tag, users::ask)))).toList()
                            .stream().map(Supplier::get).toList(), VersionSurvey.of(platform)), asked));
            elsewhere.get().ifPresent(other -> {
                throw other;
            });
            String namespace = application.spec().at("/destination/namespace").asText("");
            return new DeliverySurvey(LiveRelease.of(layout.namespace(namespace),
                    Stream.concat(running.stream(), objects(managing.get().compared()).stream()).toList()),
                    survey.values().orElse(values),
                    layout, application.project(), prefixes, overrides, order);
        }
    }

    private static List<ManifestObject> objects(List<JsonNode> read) {
        return read.stream().map(ManifestObject::new).toList();
    }

    /** Refuses an Application that Argo CD has compared and that has no objects; before that, other checks report. */
    private static void requireDeployed(Platform platform, Application application, List<ManifestObject> running) {
        if (running.isEmpty() && !application.comparedRevision().isEmpty()) {
            String namespace = application.spec().at("/destination/namespace").asText("");
            throw ApplicationLookup.notDeployed(application.name(), application.summary(), namespace,
                    new DestinationCluster(platform.cluster()).lacks(namespace));
        }
    }

    /** Why the layout of a delivery prevents it from serving anybody; empty if no such reason is known. */
    static Optional<String> fault(Platform platform, String name) {
        try {
            return of(platform, name).layout().unserved();
        } catch (EnvironmentNotFit | ArgoCdRefused | KubernetesClientException unknown) {
            return Optional.empty();
        }
    }
}
