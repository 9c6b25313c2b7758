package delivery.environment;

import delivery.argocd.Application;
import delivery.argocd.ApplicationExpectations;
import delivery.argocd.ApplicationFeed;
import delivery.argocd.ArgoCdRefused;
import delivery.failure.EnvironmentNotFit;
import delivery.kubernetes.ApiFailure;
import delivery.kubernetes.ResourceKind;
import delivery.layout.Layout;
import delivery.traffic.Endpoint;
import delivery.waiting.NotMet;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks, once for each run, that the environment is fit for a proof. Each check makes the system do something, because
 * a running pod does not prove that its controller works.
 */
public final class Validation {

    private static final List<String> KINDS = List.of("rollouts", "analysisruns", "analysistemplates");

    private final Platform platform;
    private final Waiting waiting;
    private final CloneCheck clone;
    private final String run;
    private final Map<Check, Finding> findings = new EnumMap<>(Check.class);
    private Blueprint pattern;
    private volatile Optional<DeliverySurvey> survey = Optional.empty();
    private final ControllerCheck controller;
    private volatile Set<String> ready = Set.of();

    /** Makes sure that a copy of the release touches only objects of its own. */
    @FunctionalInterface
    public interface CloneCheck {

        /** @throws delivery.failure.UnsafeClone if a copy, rendered and never deployed, would touch other objects */
        void require(Blueprint pattern, String name);
    }

    /** @param run the id of the run, part of the names of the objects that are created for the checks */
    public Validation(Platform platform, Waiting waiting, CloneCheck clone, String run) {
        this.clone = clone;
        this.platform = platform;
        this.waiting = waiting;
        this.run = run;
        this.controller = new ControllerCheck(platform, run);
    }

    /** @throws delivery.failure.WrongInput if the layout is not clear, or a copy would touch objects not its own */
    public void run() {
        Map<Check, CompletableFuture<Finding>> running = new EnumMap<>(Check.class);
        running.put(Check.CLUSTER, check(Check.CLUSTER, this::cluster));
        running.put(Check.ROLLOUTS, check(Check.ROLLOUTS, () -> controller.require(waiting)));
        CompletableFuture<Finding> argoCd = check(Check.ARGO_CD, this::argoCd);
        running.put(Check.ARGO_CD, argoCd);
        // The Application shows whether users come by a gateway, and under which host.
        running.put(Check.GATEWAY, argoCd.thenApplyAsync(application -> application.unfit().isPresent()
                && platform.named().isEmpty() ? new Finding(Check.GATEWAY.toString(), application.unfit())
                : found(Check.GATEWAY, () ->
                gatewayCheck().of(layout().flatMap(Layout::host)))));
        // The Application shows which registry that is.
        running.put(Check.REGISTRY, argoCd.thenApplyAsync(application -> application.unfit().isPresent()
                ? new Finding(Check.REGISTRY.toString(), application.unfit()) : found(Check.REGISTRY, this::registry)));
        try {
            running.forEach((check, finding) -> findings.put(check, finding.join()));
        } catch (CompletionException wrapped) {
            throw wrapped.getCause() instanceof RuntimeException cause ? cause : wrapped;
        }
    }

    public Map<Check, Finding> findings() {
        return findings;
    }

    /** The results of the checks, one line each. */
    public String summary() {
        return findings.values().stream().map(finding -> finding.sentence()
                + finding.unfit().map(unfit -> ": NOT SO, " + unfit.getMessage()).orElse(""))
                .collect(Collectors.joining("\n"));
    }

    /** The live Application as the pattern for copies. */
    public Blueprint pattern() {
        require(Check.ARGO_CD);
        return pattern;
    }

    /** The layout of the delivery; empty if it was not surveyed. */
    public Optional<Layout> layout() {
        return survey.map(DeliverySurvey::layout);
    }

    /** @throws EnvironmentNotFit if a check found that the environment is not fit */
    public void require(Check check) {
        Optional.ofNullable(findings.get(check)).flatMap(Finding::unfit).ifPresent(unfit -> {
            throw unfit;
        });
    }

    /** @throws EnvironmentNotFit for the first check that found something */
    public void requireAll() {
        for (Check check : Check.values()) {
            require(check);
        }
    }

    /** The command that a person would type for the calls of a check that passed. */
    public String command(Check check) {
        return new CheckCommands(platform.settings(), namespace().orElse(""), pattern,
                registryCheck()::command, gatewayCheck()::command).of(check);
    }

    /** The namespace that was created for the checks and still exists; empty if there is none. */
    public Optional<String> namespace() {
        return controller.made();
    }

    /** Monitors the platform from now on; empty if the controller did not work at the beginning. */
    public Optional<EnvironmentHealth> fitness() {
        return controller.question().map(asked -> new EnvironmentHealth(HealthMonitor.of(platform, asked,
                pattern == null ? platform.named().isPresent() : pattern.exposure().isRouted()),
                this::unfitNow, new KubeletStarts(platform.cluster().client())::under));
    }

    /**
     * Checks the parts of the platform that show a failure only when they are asked: nodes, Argo CD's controller, the
     * registry.
     *
     * @return the problem of one that does not work; empty if all do
     */
    private Optional<EnvironmentNotFit> unfitNow(Set<String> namespaces) {
        return unfitNodes(namespaces).or(() -> Stream.<Map.Entry<Check, Supplier<String>>>of(
                        Map.entry(Check.ARGO_CD, this::compares), Map.entry(Check.REGISTRY, this::registry))
                .flatMap(check -> found(check.getKey(), check.getValue()).unfit().stream()).findFirst());
    }

    /** Checks that Argo CD compares. The Application's state does not matter: users may have changed it since. */
    private String compares() {
        Application compared = platform.argoCd().refresh(pattern.application().name(), pattern.application().project());
        ApplicationExpectations.hindrance(compared).ifPresent(hindrance -> {
            throw new EnvironmentNotFit(hindrance, "See the logs of Argo CD's parts");
        });
        return "Argo CD compares";
    }

    private CompletableFuture<Finding> check(Check check, Supplier<String> look) {
        return CompletableFuture.supplyAsync(() -> found(check, look));
    }

    private static Finding found(Check check, Supplier<String> look) {
        try {
            return new Finding(check + ": " + look.get(), Optional.empty());
        } catch (EnvironmentNotFit unfit) {
            return new Finding(check.toString(), Optional.of(unfit));
        } catch (ArgoCdRefused refused) {
            return new Finding(check.toString(), Optional.of(new EnvironmentNotFit(refused.getMessage(),
                    refused.status() == 401 || refused.status() == 403
                            ? "Give the user of ARGOCD_AUTH_TOKEN the permissions that src/doc/own-cluster.md lists"
                            : "See the log of Argo CD's server", refused)));
        } catch (NotMet | CompletionException notSo) {
            return new Finding(check.toString(), Optional.of(new EnvironmentNotFit(seen(notSo),
                    "See 'make lab-status' on the lab, or the logs of what does not answer", notSo)));
        } catch (KubernetesClientException refused) {
            return new Finding(check.toString(), Optional.of(ApiFailure.of("checking: " + check, refused)));
        }
    }

    /** The expectation, and what was there instead, without the story of the wait that follows. */
    private static String seen(Throwable notSo) {
        return String.valueOf(notSo.getMessage()).lines().takeWhile(line -> !line.startsWith("Seen on the way"))
                .filter(line -> !line.isBlank()).collect(Collectors.joining("; "));
    }

    private String cluster() {
        KubernetesClient client = platform.cluster().client();
        Nodes nodes = nodes();
        String taking = nodes.require();
        ready = nodes.ready();
        APIResourceList served = client.getApiResources("argoproj.io/v1alpha1");
        for (String kind : KINDS) {
            if (served == null || served.getResources().stream().noneMatch(known -> known.getName().equals(kind))) {
                throw new EnvironmentNotFit("The cluster does not serve " + kind + ".argoproj.io/v1alpha1",
                        "Install Argo Rollouts with its custom resource definitions");
            }
        }
        return "Kubernetes " + platform.cluster().version() + ", " + taking;
    }

    private Nodes nodes() {
        return new Nodes(platform.cluster().client().nodes().list().getItems(), placements());
    }

    /** The nodes on which the pods of the user's own release may run; empty if they are not known. */
    private List<Placement> placements() {
        try {
            return platform.argoCd().find(platform.settings().application())
                    .map(application -> application.spec().path("destination").path("namespace").asText(""))
                    .filter(namespace -> !namespace.isEmpty()).stream()
                    .flatMap(namespace -> platform.cluster().client()
                            .genericKubernetesResources(ResourceKind.ROLLOUT.context())
                            .inNamespace(namespace).list().getItems().stream())
                    .flatMap(rollout -> Placement.of(rollout).stream()).toList();
        } catch (EnvironmentNotFit | ArgoCdRefused | KubernetesClientException unknown) {
            return List.of(); // their own checks report it
        }
    }

    /** Checks the nodes. A node that was never ready does not matter, nor does one that runs no pod of the case. */
    private Optional<EnvironmentNotFit> unfitNodes(Set<String> namespaces) {
        return found(Check.CLUSTER, () -> {
            Nodes now = nodes();
            now.require();
            now.lostUnder(namespaces.stream().flatMap(namespace -> platform.cluster().client().pods()
                    .inNamespace(namespace).list().getItems().stream()).toList(), ready).ifPresent(lost -> {
                        throw new EnvironmentNotFit("Pods of the case were on a node that was lost during the case: "
                                + lost,
                                "See kubectl describe node");
                    });
            return "";
        }).unfit();
    }

    private String argoCd() {
        String user = platform.argoCd().requireUser();
        String name = platform.settings().application();
        Application application = Application.parse(ApplicationLookup.require(platform.argoCd(), name));
        platform.argoCd().refresh(name, application.project());
        try (ApplicationFeed feed = platform.argoCd().follow(name, application.project())) {
            application = waiting.until(feed, ApplicationExpectations.syncedAnd("Healthy"), WaitLimit.SYNC);
        } catch (NotMet unhealthy) {
            Application last = application;
            DeliverySurvey.fault(platform, name).or(() -> platform.argoCd().resources().unhealthy(last))
                    .ifPresent(fault -> {
                        throw new EnvironmentNotFit(fault, seen(unhealthy), unhealthy);
                    });
            throw unhealthy;
        }
        survey = Optional.of(DeliverySurvey.of(platform, name));
        pattern = VersionLookup.blueprint(platform, application, survey.get());
        clone.require(pattern, platform.settings().application() + "-check-" + run);
        return "Argo CD " + platform.argoCd().version() + " as " + user + ", Application " + name + " at "
                + application.comparedRevision() + "; " + pattern.versionReading().words(pattern.image().tag());
    }

    private String registry() {
        return registryCheck().of(pattern.image());
    }

    private GatewayCheck gatewayCheck() {
        return new GatewayCheck(platform, endpoint(), Optional.ofNullable(pattern).filter(known ->
                !known.exposure().isRouted()).map(known -> Entrances.of(platform, known)
                .at(known.live().namespace(), "")));
    }

    private RegistryCheck registryCheck() {
        return new RegistryCheck(platform.registry(), platform.settings().newVersions());
    }

    /** The endpoint that the scenarios ask; the usual one if nothing is known of the live release. */
    private Endpoint endpoint() {
        return pattern == null ? Endpoint.VERSION : pattern.versionReading().endpoint();
    }
}
