package delivery.rollout;

import delivery.failure.EnvironmentNotFit;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A release at one moment: its Rollout, the objects that belong to it, and their symptoms. */
public record Release(Optional<Rollout> rollout, List<ReplicaSetState> replicaSets, List<PodState> pods,
        List<ServiceState> services, List<AnalysisRunState> analysisRuns, Symptoms symptoms) {

    /** The longest extra time that a wait grants to a release for its own delays, pauses and analyses. */
    public static final Duration LONGEST_OWN_TIME = Duration.ofMinutes(10);

    private static final int MOST_CAUSES = 3;

    /** A release without symptoms. */
    public Release(Optional<Rollout> rollout, List<ReplicaSetState> replicaSets, List<PodState> pods,
            List<ServiceState> services, List<AnalysisRunState> analysisRuns) {
        this(rollout, replicaSets, pods, services, analysisRuns, Symptoms.NONE);
    }

    /** Returns the Rollout's ReplicaSet with this hash. */
    public Optional<ReplicaSetState> replicaSet(String hash) {
        return owned().filter(set -> set.hash().equals(hash)).findFirst();
    }

    /** Returns the Rollout's newest ReplicaSet that runs this tag. */
    public Optional<ReplicaSetState> running(String tag) {
        return owned().filter(set -> set.runs(tag)).max(Comparator.comparingLong(ReplicaSetState::revision));
    }

    /** Whether all users are served by this tag: its ReplicaSet is the active or the stable one. */
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

    /** Counts the pods that serve: those of the version being released, and all others of the Rollout. */
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
     * Returns how long a ReplicaSet kept its pods after users were switched away from it. Both times are the API
     * server's, to the second: times taken here would be wrong on a busy machine, where watch events arrive late.
     *
     * @param hash of the ReplicaSet, which was scaled down just now
     * @throws EnvironmentNotFit if the ReplicaSet is gone, or the API server does not have one of the two times
     */
    public Duration fromSwitchToScaleDown(String hash) {
        ReplicaSetState set = replicaSet(hash)
                .orElseThrow(() -> new EnvironmentNotFit("ReplicaSet " + hash + " is gone,"
                + " and the API does not show when it was scaled down",
                "Have the Rollout keep it: revisionHistoryLimit of 1 or more"));
        Optional<ServerTime> switched = rollout.flatMap(Rollout::stableService).flatMap(this::service)
                .flatMap(ServiceState::selected);
        if (switched.isEmpty() || set.sized().isEmpty()) {
            throw new EnvironmentNotFit("The Kubernetes API does not show when "
                    + (switched.isEmpty() ? "the Service for users was switched" : "ReplicaSet " + hash
                            + " was scaled down"),
                    "See whether something in between takes metadata.managedFields out of its answers");
        }
        return switched.get().until(set.sized().get());
    }

    /**
     * Returns how long a ReplicaSet kept its pods after its delay had begun: at the switch or, if an analysis judges
     * the release after the switch, when that has passed (argo-rollouts, rollout/sync.go, shouldFullPromote).
     *
     * @param hash of the ReplicaSet, which was scaled down just now
     * @throws EnvironmentNotFit if the API server does not have the times
     */
    public Duration delayToScaleDown(String hash) {
        Duration whole = fromSwitchToScaleDown(hash);
        ServerTime down = replicaSet(hash).orElseThrow().sized().orElseThrow();
        return passed().map(analysed -> analysed.until(down)).filter(rest -> rest.compareTo(whole) < 0).orElse(whole);
    }

    /** Whether an analysis judged the release after users were switched, and has ended. */
    public boolean analysedAfterSwitch() {
        return passed().isPresent();
    }

    /** The time when the newest analysis after the switch ended; empty if there was none. */
    private Optional<ServerTime> passed() {
        return analysisRuns.stream().filter(run -> run.isPostPromotion() && rollout.isPresent()
                        && run.hash().equals(rollout.get().currentHash()))
                .flatMap(run -> run.completed().stream()).reduce(ServerTime::orLater);
    }

    /**
     * Returns how much longer than usual this release may take, by its own numbers: its analyses, its timed pauses, and
     * its pods that count as available late. At most ten minutes, however large the numbers are.
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

    /** Returns how much longer than usual it may take until pods of earlier versions are gone, by its own numbers. */
    public Duration timeToScaleDown() {
        return ownTime().plusSeconds(rollout.map(Rollout::delay).orElse(0));
    }

    /**
     * The name of another Rollout that is paused while this one is not: a suspended Application of both is then not due
     * to this one. Empty if there is none.
     */
    public Optional<String> otherPaused() {
        return rollout.filter(own -> own.pauses().isEmpty() && !own.userPause()).flatMap(own ->
                symptoms.conditions().stream().filter(condition -> condition.kind().equals("Rollout")
                        && !condition.name().equals(own.name()) && condition.is("Paused", "True"))
                        .map(ConditionState::name).findFirst());
    }

    /**
     * Why the abort was not caused by an analysis; empty if it was. Since version 1.9, the reason that Argo Rollouts
     * gives names the analysis (argo-rollouts #4175); before, it was the AnalysisRun's message alone.
     *
     * @throws java.util.NoSuchElementException if there is no Rollout
     */
    public Optional<String> complaintOfAbort() {
        String reason = rollout.orElseThrow().message();
        boolean told = reason.contains("nalysis") || analysisRuns.stream()
                .anyMatch(run -> run.hash().equals(rollout.get().currentHash()) && run.ended() && !run.passed()
                        && !run.message().isEmpty() && reason.contains(run.message()));
        return reason.contains("RolloutAborted") && told ? Optional.empty()
                : Optional.of("The release was to be aborted for an analysis; the reason that it gives is "
                        + (reason.isEmpty() ? "none" : "\"" + reason + "\""));
    }

    /** A summary in one line: the state itself, and the symptoms that keep it from going on. */
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
