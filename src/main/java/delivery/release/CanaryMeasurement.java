package delivery.release;

import delivery.chart.MeasurableWeight;
import delivery.failure.UnmeasurableSteps;
import delivery.rollout.Rollout;
import delivery.route.RouteFindings;
import delivery.traffic.AskedShare;
import delivery.traffic.BinomialSplitTest;
import delivery.traffic.Endpoint;
import delivery.traffic.Page;
import delivery.traffic.Sample;
import delivery.traffic.ServedOnlyBy;
import delivery.traffic.ServedStep;
import delivery.traffic.ServedSteps;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures what users are served, and what the release's own Services answer, while each weight of a canary is held. A
 * canary without a traffic router may have no Service of its own; its version is then judged by the pods that answered
 * users.
 */
public final class CanaryMeasurement {

    private static final int OF_A_SERVICE = 20;

    /** Receives the measurements while they are made. */
    public interface Shown {

        void requests(Sample sample, Endpoint endpoint);

        void routes(RouteFindings routes);
    }

    private final MeasuredRelease subject;
    private final Version old;
    private final Version next;
    private final Collection<Version> all;
    private final int requests;
    private final Shown shown;
    private final List<ServedStep> steps = new ArrayList<>();
    private final List<String> ofServices = new ArrayList<>();
    private final Set<String> unnamed = new TreeSet<>();
    private List<String> missed = List.of();
    private Optional<String> astray = Optional.empty();
    private AskedShare before = AskedShare.ofWeight(0);
    private int asked;
    private int fromOwnPods;

    /**
     * @param all      the versions of the case, including those two
     * @param requests the number of requests in one sample of users
     */
    public CanaryMeasurement(MeasuredRelease subject, Version old, Version next, Collection<Version> all, int requests,
            Shown shown) {
        this.subject = subject;
        this.old = old;
        this.next = next;
        this.all = all;
        this.requests = requests;
        this.shown = shown;
    }

    /** Takes the release to the end of its steps, and measures each weight while it is held. */
    public CanaryMeasurement along(CanaryWalk walk) {
        missed = walk.toTheEnd(this::at);
        return this;
    }

    /**
     * Takes one sample of each kind once the gateway has adopted the weight. If the step ended in the meantime, because
     * its pause ends by itself, the samples are not judged: the walk reports the weight as not measured.
     */
    private void at(MeasurableWeight weight) {
        AskedShare share = subject.served().awaitShare(next, before, weight.percent());
        Rollout rollout = subject.rollout();
        subject.journal().observed("measured at " + (rollout.healthy() ? "the end"
                : "step " + rollout.step().orElse(0)));
        if (share.part() > 0) {
            rollout.newService().ifPresent(canary -> subject.served().await(canary, next));
        }
        // At the release's end the stable Service has the new version.
        boolean ended = rollout.healthy();
        Audience audience = subject.audience();
        RouteFindings routes = audience.routes();
        shown.routes(routes);
        Sample users = audience.sample(audience.version(), requests);
        shown.requests(users, audience.version());
        Optional<Sample> pages = pages(share, ended, rollout);
        AskedShare after = subject.served().share(weight.percent());
        before = share;
        List<String> complaints = new ArrayList<>();
        String where = " at step " + weight.step();
        if (!ended) {
            ask("stable", rollout.stableService(), old, where, complaints);
            judgePods(users, old, where, share.byPods(), complaints);
        }
        if (share.part() > 0) {
            ask("canary", rollout.newService(), next, where, complaints);
            judgePods(users, next, where, share.byPods(), complaints);
        }
        if (ended || subject.rollout().step().equals(rollout.step())) {
            astray = astray.or(routes::complaint).or(() -> after.equals(share) ? Optional.empty()
                    : Optional.of("Pods came or went while step " + weight.step() + " was measured: "
                            + share.sentence() + ", then " + after.sentence()));
            steps.add(new ServedStep(weight.step(), share, users, pages, audience.sticky(routes)));
            ofServices.addAll(complaints);
        }
    }

    /** Samples the page, if each version's page is known to show its version. */
    private Optional<Sample> pages(AskedShare share, boolean ended, Rollout rollout) {
        Audience audience = subject.audience();
        Optional<Page> page = audience.page(all);
        if (ended) {
            page = page.flatMap(met -> audience.page(next, all, rollout.ownService()));
        } else {
            if (rollout.stableService().isPresent()) {
                page = page.flatMap(met -> audience.page(old, all, rollout.stableService()));
            }
            if (share.part() > 0) {
                page = page.flatMap(met -> audience.page(next, all, rollout.newService()));
            }
        }
        Optional<Page> judged = page;
        return judged.map(own -> audience.sample(own, Audience.OF_A_PAGE)).map(sample -> {
            shown.requests(sample, judged.get());
            return sample;
        });
    }

    private void ask(String role, Optional<String> service, Version version, String where,
            List<String> complaints) {
        if (service.isEmpty()) {
            unnamed.add(role);
            if (!subject.rollout().weighsByPods()) {
                complaints.add("The Rollout names no " + role + " Service");
            }
            return;
        }
        Sample sample = subject.audience().services().ask(subject.site().namespace(), service.get(), OF_A_SERVICE);
        asked += sample.size();
        new ServedOnlyBy("the " + role + " Service" + where, version.answers(), Set.of()).complaint(sample)
                .ifPresent(complaints::add);
    }

    /** Judges the pods that answered users, because without a traffic router they stand for the version's Service. */
    private void judgePods(Sample users, Version version, String where, boolean byPods, List<String> complaints) {
        if (byPods) {
            Set<String> pods = subject.release().running(version.tag()).stream()
                    .flatMap(set -> subject.release().pods(set.hash()).stream()).map(pod -> pod.name())
                    .collect(Collectors.toSet());
            Set<String> answered = users.podsOf(version.answers());
            fromOwnPods += answered.isEmpty() ? 0 : users.served(version.answers());
            answered.stream().filter(pod -> !pods.contains(pod)).findFirst().ifPresent(pod -> complaints.add(
                    "A pod that is not of its ReplicaSet answered users with version " + version.answers() + where
                            + ": " + pod));
        }
    }

    /** The answers that users got, step by step. */
    public ServedSteps served(BinomialSplitTest split, BinomialSplitTest ofPages) {
        return new ServedSteps(steps, next.answers(), split, ofPages);
    }

    /**
     * The differences from the steps, with the targets of the routes first because they are the cause; empty if there
     * is none.
     */
    public Optional<String> complaint(BinomialSplitTest split, BinomialSplitTest ofPages) {
        if (steps.isEmpty() && missed.isEmpty()) {
            return Optional.of("The steps of values.yaml set no weight, so that nothing is split");
        }
        List<String> wrong = Stream.of(astray, served(split, ofPages).complaint()).flatMap(Optional::stream).toList();
        return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join(". ", wrong));
    }

    /** Cookies that the users kept from step to step, each with its origin; empty if they were given none. */
    public List<String> cookies() {
        return steps.stream().flatMap(step -> step.sticky().stream()).distinct().toList();
    }

    /** @throws UnmeasurableSteps if a weight could not be measured */
    public void requireMeasured() {
        if (!missed.isEmpty()) {
            throw new UnmeasurableSteps(String.join("; ", missed));
        }
    }

    /** Why a Service did not answer with its own version at every step; empty if each did. */
    public Optional<String> complaintOfServices() {
        return ofServices.stream().findFirst();
    }

    /** The Services or pods that served each version at every step, in words. */
    public String servedBy() {
        String services = asked == 0 ? "" : "each Service answered by its own version at every step, " + asked
                + " requests in all";
        String none = unnamed.isEmpty() ? "" : "the Rollout names no " + String.join(" and no ", unnamed)
                + " Service, so that none was asked";
        String pods = fromOwnPods == 0 ? "" : fromOwnPods + " answers to users came from pods of their version";
        return Stream.of(services, none, pods).filter(part -> !part.isEmpty()).collect(Collectors.joining("; "));
    }
}
