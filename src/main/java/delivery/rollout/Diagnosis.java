package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.failure.Denial;
import delivery.text.Ellipsis;
import delivery.waiting.Obstacle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The likely causes of a release that does not go on, found in the conditions and warning events of its objects.
 *
 * <p>The live release runs with the same pod template, so whatever stops the pods of a first deployment is something
 * that the new namespace lacks. The same holds for a new version whose template differs only in its image. If the
 * template differs in more, the delivery is the cause.
 */
public final class Diagnosis {

    /** Grace for a missing Service: Argo CD applies one object after the other, and the controller tries again. */
    private static final Duration APPLIED = Duration.ofSeconds(5);
    /** Longer than 10 s, the interval at which the controller repeats a failed reconciliation. */
    private static final Duration REPEATED = Duration.ofSeconds(10);
    /** Longer than 20 s, after which the controller again reads a specification that refers to a missing object. */
    private static final Duration LOOKED_AGAIN = Duration.ofSeconds(25);
    private static final int RESTARTS = 3;
    private static final int LONGEST = 400;

    /** Errors that a retry resolves: a conflicting write, or a server that did not answer. */
    private static final Predicate<String> PASSING = Pattern.compile("object has been modified"
            + "|connection (refused|reset)|i/o timeout|context (deadline exceeded|canceled)|not registered")
            .asPredicate();
    private static final Predicate<String> LASTING = Pattern.compile("not found|is forbidden|no matches for kind")
            .asPredicate();
    /** Reasons of events that the pod's own status shows better. */
    private static final Set<String> IN_STATUS = Set.of("BackOff", "FailedScheduling");
    private static final Pattern KILLING_PROBE = Pattern.compile("^(Liveness|Startup) probe failed");
    private static final Pattern REFUSED_PROBE = Pattern.compile("statuscode: 4\\d\\d");

    private final Release release;
    private final Symptoms symptoms;
    private final List<Obstacle> found = new ArrayList<>();

    private Diagnosis(Release release) {
        this.release = release;
        this.symptoms = release.symptoms();
    }

    /** Returns the likely causes, the most specific one first; empty if nothing is known to be wrong. */
    public static List<Obstacle> of(Release release) {
        Diagnosis diagnosis = new Diagnosis(release);
        release.rollout().ifPresent(diagnosis::references);
        List<ReplicaSetState> incomplete = release.owned().filter(set -> set.available() < set.desired())
                .sorted(Comparator.comparingLong(ReplicaSetState::revision).reversed()).toList();
        incomplete.forEach(diagnosis::refusedPods);
        incomplete.forEach(diagnosis::pods);
        release.rollout().ifPresent(rollout -> diagnosis.warnings(rollout, incomplete.isEmpty()));
        diagnosis.unmeasured();
        incomplete.forEach(diagnosis::furtherWarnings);
        return List.copyOf(diagnosis.found);
    }

    /** Finds missing objects that the specification refers to, and a ReplicaSet that was refused. */
    private void references(Rollout rollout) {
        boolean observed = rollout.observedGeneration() == rollout.generation();
        symptoms.conditions("Rollout", rollout.name()).filter(condition -> observed).forEach(condition -> {
            if (condition.is("InvalidSpec", "True")) {
                MissingObject.in(condition.message()).ifPresent(missing -> reference(condition, missing));
            } else if (condition.reason().equals("ReplicaSetCreateError")) {
                refused(rollout.name(), "The controller cannot create a ReplicaSet", condition.message(), false);
            }
        });
    }

    private void reference(ConditionState condition, MissingObject missing) {
        boolean service = missing.kind().equals("Service");
        Obstacle obstacle = obstacle("InvalidSpec " + missing, missing + " is not there, and the Rollout refers to it ("
                + condition.message() + ")");
        // An object that exists by now is seen when the controller next looks.
        if (!service || release.service(missing.name()).isEmpty()) {
            found.add(obstacle.finalAfter(service ? APPLIED : LOOKED_AGAIN));
        }
    }

    private void refusedPods(ReplicaSetState set) {
        symptoms.conditions("ReplicaSet", set.name()).filter(condition -> condition.is("ReplicaFailure", "True"))
                .filter(condition -> condition.reason().equals("FailedCreate"))
                .forEach(condition -> refused(set.name(), "ReplicaSet " + set.name()
                        + " cannot create its pods", condition.message(), changed(set)));
    }

    private void refused(String name, String what, String message, boolean changed) {
        Denial denial = new Denial(message);
        boolean freed = denial.quota().isPresent() && podsAreToGo();
        Obstacle obstacle = obstacle("FailedCreate " + name + (freed ? ", of which pods are to go" : ""),
                what + ": " + denial.reason()).inEnvironment(denial.remedy(symptoms.quotas(), changed));
        found.add(freed ? obstacle : obstacle.finalAfter(LOOKED_AGAIN));
    }

    /** Whether pods are about to go: terminating pods, and pods kept for the delay after a switch, use quota. */
    private boolean podsAreToGo() {
        Rollout rollout = release.rollout().orElseThrow();
        List<String> kept = List.of(rollout.currentHash(), rollout.stableHash(), rollout.activeHash(),
                rollout.previewHash());
        return release.pods().stream().anyMatch(PodState::terminating)
                || release.owned().anyMatch(set -> set.desired() > 0 && !kept.contains(set.hash()));
    }

    private void pods(ReplicaSetState set) {
        List<PodState> waiting = release.pods(set.hash()).stream().filter(pod -> !pod.ready() && !pod.terminating())
                .toList();
        waiting.forEach(pod -> symptoms.conditions("Pod", pod.name())
                .filter(condition -> condition.reason().equals("Unschedulable"))
                .forEach(condition -> unschedulable(set, condition.message())));
        eventsOf(waiting, "FailedMount", "FailedAttachVolume").ifPresent(event -> unmounted(set, event));
        waiting.stream().flatMap(pod -> symptoms.exits(pod.name()))
                .max(Comparator.comparingInt(ContainerExit::restarts))
                .ifPresent(exit -> exited(set, exit, waiting.stream()
                        .flatMap(pod -> symptoms.warnings("Pod", pod.name())).map(EventState::message)
                        .filter(message -> KILLING_PROBE.matcher(message).find()).findFirst()));
        eventsOf(waiting, "Unhealthy").ifPresent(event -> unhealthy(set, event));
        eventsOf(waiting, "FailedCreatePodSandBox").ifPresent(event -> found.add(
                obstacle("FailedCreatePodSandBox " + set.name(), "A pod of ReplicaSet " + set.name() + " cannot start: "
                        + event.message()).inEnvironment(Optional.of("See the node's network and container runtime"))
                        .reported(event.count())));
    }

    private void unschedulable(ReplicaSetState set, String message) {
        Obstacle obstacle = obstacle("Unschedulable " + set.name(), "A pod of ReplicaSet " + set.name()
                + " can be scheduled on no node: " + message).inEnvironment(environment(set,
                "Add nodes, or free what others on them have requested"));
        found.add(MissingObject.in(message).isPresent() ? obstacle.finalAfter(LOOKED_AGAIN) : obstacle);
    }

    private void unmounted(ReplicaSetState set, EventState event) {
        Optional<MissingObject> missing = MissingObject.in(event.message());
        Obstacle obstacle = obstacle("FailedMount " + set.name(), missing.map(name -> name
                        + " is not there, and the pods of ReplicaSet " + set.name() + " mount it")
                .orElse("A pod of ReplicaSet " + set.name() + " cannot mount a volume") + " (" + event.reason() + ": "
                + event.message() + ")").inEnvironment(environment(set, missing.map(name -> "Have " + name
                + " created in every namespace, or by the chart").orElse("See the cluster's storage")))
                .reported(event.count());
        found.add(missing.isPresent() ? obstacle.finalAfter(REPEATED) : obstacle);
    }

    /** @param probe message of the failed probe that killed the container, which then also exits */
    private void exited(ReplicaSetState set, ContainerExit exit, Optional<String> probe) {
        String how = exit.reason().equals("OOMKilled") ? "is killed as it needs more memory than its limit (OOMKilled)"
                : "exits with code " + exit.code() + (exit.message().isEmpty() ? "" : " (" + exit.message() + ")");
        Obstacle obstacle = obstacle("Exit " + set.name(), "Container " + exit.container() + " of ReplicaSet "
                + set.name() + " " + how + probe.map(message -> ": " + message).orElse(""));
        // Other pods run here, so the container does not merely wait for something that is about to start.
        found.add(exit.restarts() >= RESTARTS && others(set).findAny().isPresent()
                ? obstacle.finalAfter(Duration.ZERO) : obstacle);
    }

    private void unhealthy(ReplicaSetState set, EventState event) {
        Obstacle obstacle = obstacle("Unhealthy " + set.name(), "Pods of ReplicaSet " + set.name() + " are not ready: "
                + event.message() + probed(set, event.message())).reported(event.count());
        boolean refused = REFUSED_PROBE.matcher(event.message()).find();
        found.add(refused && changed(set) ? obstacle.finalAfter(REPEATED) : obstacle);
    }

    /** The path that the failing probe requests, as a clause; empty if it requests none. */
    private static String probed(ReplicaSetState set, String message) {
        String probe = message.startsWith("Liveness") ? "livenessProbe"
                : message.startsWith("Startup") ? "startupProbe" : "readinessProbe";
        return set.template().path("spec").path("containers").findValues(probe).stream()
                .map(asked -> asked.path("httpGet").path("path").asText("")).filter(path -> !path.isEmpty()).findFirst()
                .map(path -> " (" + probe + " " + path + ")").orElse("");
    }

    /**
     * Finds what prevents the controller from carrying out the Rollout, such as a router that it cannot configure. It
     * retries and reports that each time, except for a missing object (argo-rollouts, utils/controller,
     * processNextWorkItem): then it looks again only when another object of the release changes, and none does once all
     * pods are available.
     */
    private void warnings(Rollout rollout, boolean complete) {
        summed(symptoms.warnings("Rollout", rollout.name())
                .filter(event -> event.uid().isEmpty() || event.uid().equals(rollout.uid()))
                .filter(event -> !event.reason().equals("RolloutAborted") && !event.reason().startsWith("AnalysisRun")
                        && !event.reason().equals("ReplicaSetCreateError") && !PASSING.test(event.message())).toList())
                .forEach(event -> {
                    Optional<MissingObject> missing = MissingObject.in(event.message());
                    boolean current = missing.isPresent() && !symptoms.written().isEmpty()
                            && event.last().compareTo(symptoms.written()) >= 0;
                    boolean forgotten = current && complete && rollout.phase().equals("Progressing");
                    Obstacle obstacle =
                            obstacle(event.reason() + " Rollout", missing.map(name -> name + " is not there")
                            .orElse("The controller cannot carry out the Rollout") + " (the Rollout's event "
                            + event.reason() + ": " + event.message() + ")").reported(current ? 0 : event.count());
                    found.add(forgotten || !current && LASTING.test(event.message()) ? obstacle.finalAfter(REPEATED)
                            : obstacle);
                });
    }

    private void unmeasured() {
        String hash = release.rollout().map(Rollout::currentHash).orElse("");
        release.analysisRuns().stream().filter(run -> run.hash().equals(hash) && !run.ended()).forEach(run ->
                run.metrics().stream().filter(metric -> metric.errors() > 0).forEach(metric ->
                        found.add(obstacle("Unmeasured " + run.name(), "AnalysisRun " + run.name() + " cannot measure "
                                + metric.name() + ": " + metric.measurements().stream()
                                .map(AnalysisRunState.Measurement::message).filter(text -> !text.isEmpty())
                                .reduce((first, second) -> second).orElse("it does not say why")))));
    }

    /** Adds all other warnings about a ReplicaSet and its pods. */
    private void furtherWarnings(ReplicaSetState set) {
        List<String> names = Stream.concat(Stream.of(set.name()), release.pods(set.hash()).stream()
                .filter(pod -> !pod.ready() && !pod.terminating()).map(PodState::name)).toList();
        summed(symptoms.warnings().stream().filter(event -> names.contains(event.name()))
                .filter(event -> !PASSING.test(event.message()) && !IN_STATUS.contains(event.reason())).toList())
                .forEach(event -> {
                    if (found.stream()
                            .noneMatch(obstacle -> obstacle.key().startsWith(event.reason() + " " + set.name()))) {
                        found.add(obstacle("Event " + event.reason() + " " + set.name(), event.kind() + " "
                                + event.name()
                                + ": " + event.reason() + " " + event.message()).reported(event.count()));
                    }
                });
    }

    private Optional<EventState> eventsOf(List<PodState> pods, String... reasons) {
        return summed(pods.stream().flatMap(pod -> symptoms.warnings("Pod", pod.name()))
                .filter(event -> List.of(reasons).contains(event.reason()) && !PASSING.test(event.message())).toList())
                .stream().findFirst();
    }

    /** Merges events of the same reason into the last of them, with their total count. */
    private static List<EventState> summed(List<EventState> events) {
        return events.stream().collect(Collectors.groupingBy(EventState::reason)).values().stream().map(same -> {
            EventState last = same.stream().max(Comparator.comparing(EventState::last)).orElseThrow();
            return new EventState(last.kind(), last.name(), last.uid(), last.reason(), last.message(),
                    same.stream().mapToLong(EventState::count).sum(), last.last());
        }).sorted(Comparator.comparing(EventState::last).reversed()).toList();
    }

    private Optional<String> environment(ReplicaSetState set, String remedy) {
        return changed(set) ? Optional.empty() : Optional.of(remedy);
    }

    /** Whether pods run here whose template differs in more than the image and the values of its variables. */
    private boolean changed(ReplicaSetState set) {
        return others(set).anyMatch(other -> !comparable(other).equals(comparable(set)));
    }

    private Stream<ReplicaSetState> others(ReplicaSetState set) {
        return release.owned().filter(other -> !other.hash().equals(set.hash()) && other.available() > 0);
    }

    private static JsonNode comparable(ReplicaSetState set) {
        JsonNode spec = set.template().path("spec").deepCopy();
        Stream.of("containers", "initContainers").flatMap(list -> spec.path(list).valueStream()).forEach(container -> {
            ((ObjectNode) container).remove("image");
            container.path("env").forEach(variable -> ((ObjectNode) variable).remove("value"));
        });
        return spec;
    }

    private static Obstacle obstacle(String key, String sentence) {
        return Obstacle.of(key, Ellipsis.to(LONGEST, sentence));
    }
}
