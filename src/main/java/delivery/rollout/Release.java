package delivery.rollout;

import delivery.failure.EnvironmentNotFit;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A release at one moment: its Rollout, all that belongs to it, and what its objects complain of. */
public record Release(Optional<Rollout> rollout, List<ReplicaSetState> replicaSets, List<PodState> pods,
        List<ServiceState> services, List<AnalysisRunState> analysisRuns, Symptoms symptoms) {

    /** What a release may take by its own numbers and still be waited for. */
    public static final Duration LONGEST_OWN_TIME = Duration.ofMinutes(10);

    private static final int MOST_CAUSES = 3;

    /** A release of which nothing is wrong. */
    public Release(Optional<Rollout> rollout, List<ReplicaSetState> replicaSets, List<PodState> pods,
            List<ServiceState> services, List<AnalysisRunState> analysisRuns) {
        this(rollout, replicaSets, pods, services, analysisRuns, Symptoms.NONE);
    }

    /** The ReplicaSet of the Rollout's with this hash. */
    public Optional<ReplicaSetState> replicaSet(String hash) {
        return owned().filter(set -> set.hash().equals(hash)).findFirst();
    }

    /** The newest ReplicaSet of the Rollout's that runs this tag of an image. */
    public Optional<ReplicaSetState> running(String tag) {
        return owned().filter(set -> set.runs(tag)).max(Comparator.comparingLong(ReplicaSetState::revision));
    }

    /** Whether the Rollout has all users served by this tag: its ReplicaSet is the active or the stable one. */
    public boolean switchedTo(String tag) {
        return running(tag).map(ReplicaSetState::hash).filter(hash -> rollout
                .filter(now -> hash.equals(now.activeHash()) || hash.equals(now.stableHash())).isPresent()).isPresent();
    }

    public Stream<ReplicaSetState> owned() {
        return replicaSets.stream().filter(set -> rollout.isPresent() && set.ownerUid().equals(rollout.get().uid()));
    }

    public List<PodState> pods(String hash) {
        return pods.stream().filter(pod -> pod.hash().equals(hash)).toList();
    }

    /** Pods that serve: of the version that is released, and of all others that the Rollout still has. */
    public ReplicaCounts servingPods() {
        String current = rollout.map(Rollout::currentHash).orElse("");
        return new ReplicaCounts(serving(owned().filter(set -> set.hash().equals(current))),
                serving(owned().filter(set -> !set.hash().equals(current))));
    }

    private int serving(Stream<ReplicaSetState> sets) {
        return (int) sets.flatMap(set -> pods(set.hash()).stream()).filter(pod -> pod.ready() && !pod.terminating())
                .count();
    }

    public Optional<ServiceState> service(String name) {
        return services.stream().filter(service -> service.name().equals(name)).findFirst();
    }

    /**
     * How long a ReplicaSet kept its pods after users were switched away from it: by the API server's own times, to the
     * second. Seen from here it would seem shorter or longer on a busy machine, where a watch tells late.
     *
     * @param hash of the ReplicaSet, which was scaled down just now
     * @throws EnvironmentNotFit if the API server does not tell when it was, or when its users were switched, or it
     * is gone
     */
    public Duration fromSwitchToScaleDown(String hash) {
        ReplicaSetState set = replicaSet(hash)
                .orElseThrow(() -> new EnvironmentNotFit("ReplicaSet " + hash + " is gone,"
                + " and nothing tells when it was scaled down",
                "Have the Rollout keep it: revisionHistoryLimit of 1 or more"));
        Optional<ServerTime> switched = rollout.flatMap(Rollout::stableService).flatMap(this::service)
                .flatMap(ServiceState::selected);
        if (switched.isEmpty() || set.sized().isEmpty()) {
            throw new EnvironmentNotFit("The Kubernetes API does not tell when "
                    + (switched.isEmpty() ? "the Service for users was switched" : "ReplicaSet " + hash
                            + " was scaled down"),
                    "See whether something in between takes metadata.managedFields out of its answers");
        }
        return switched.get().until(set.sized().get());
    }

    /**
     * How long a ReplicaSet kept its pods once the delay for them had begun: at the switch, or where an analysis
     * judges the release after that, when it has passed (argo-rollouts, rollout/sync.go, shouldFullPromote).
     *
     * @param hash of the ReplicaSet, which was scaled down just now
     * @throws EnvironmentNotFit if the API server does not tell
     */
    public Duration delayToScaleDown(String hash) {
        Duration whole = fromSwitchToScaleDown(hash);
        ServerTime down = replicaSet(hash).orElseThrow().sized().orElseThrow();
        return passed().map(analysed -> analysed.until(down)).filter(rest -> rest.compareTo(whole) < 0).orElse(whole);
    }

    /** Whether an analysis judged it after users were switched, and has ended. */
    public boolean analysedAfterSwitch() {
        return passed().isPresent();
    }

    /** When the newest analysis after the switch ended; empty if there was none. */
    private Optional<ServerTime> passed() {
        return analysisRuns.stream().filter(run -> run.isPostPromotion() && rollout.isPresent()
                        && run.hash().equals(rollout.get().currentHash()))
                .flatMap(run -> run.completed().stream()).reduce(ServerTime::orLater);
    }

    /**
     * How much longer than usual this release may take by its own numbers: the analyses that judge it, pauses that
     * end by themselves, pods that count late. At most ten minutes, however large the numbers are.
     */
    public Duration ownTime() {
        if (rollout.isEmpty()) {
            return Duration.ZERO;
        }
        Duration analyses = Duration.ofSeconds(analysisRuns.stream()
                .filter(run -> run.hash().equals(rollout.get().currentHash()))
                .mapToLong(AnalysisRunState::planned).sum());
        Duration all = analyses.plus(rollout.get().pausesAhead()).plus(rollout.get().timing().ofPods());
        return all.compareTo(LONGEST_OWN_TIME) > 0 ? LONGEST_OWN_TIME : all;
    }

    /**
     * Why an analysis was not the reason that it was aborted; empty if it was.
     *
     * @throws java.util.NoSuchElementException if there is no Rollout
     */
    public Optional<String> complaintOfAbort() {
        String reason = rollout.orElseThrow().message();
        return reason.contains("RolloutAborted") && reason.contains("nalysis") ? Optional.empty()
                : Optional.of("The release was to be aborted for an analysis; the reason that it gives is "
                        + (reason.isEmpty() ? "none" : "\"" + reason + "\""));
    }

    /** Everything in one line: the state itself, and what its objects show that keeps it from going on. */
    public String summary() {
        String problems = pods.stream().filter(pod -> !pod.problem().isEmpty() && !pod.terminating())
                .map(pod -> pod.problem()).distinct().collect(Collectors.joining("; "));
        return rollout.map(Rollout::summary).orElse("no Rollout yet")
                + owned().sorted(Comparator.comparingLong(ReplicaSetState::revision))
                        .map(set -> "; revision " + set.revision() + " " + set.available() + "/" + set.desired())
                        .collect(Collectors.joining())
                + (problems.isEmpty() ? "" : "; pods: " + problems)
                + analysisRuns.stream().map(run -> "; analysis " + run.phase()).distinct().collect(Collectors.joining())
                + Diagnosis.of(this).stream().filter(cause -> cause.reports() == 0).limit(MOST_CAUSES)
                        .map(cause -> "; " + cause.sentence()).collect(Collectors.joining());
    }
}
