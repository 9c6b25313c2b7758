package delivery.release;

import delivery.chart.MeasurableWeight;
import delivery.failure.UnmeasurableSteps;
import delivery.rollout.Rollout;
import delivery.rollout.ServiceRole;
import delivery.route.RouteFindings;
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
import java.util.stream.Stream;

/** Measures what users and the release's own Services are served at the weights of a canary, while each is held. */
public final class CanaryMeasurement {

    private static final int OF_A_SERVICE = 20;

    /** Is shown what was measured, as it is. */
    public interface Shown {

        /** Requests of users for an endpoint. */
        void requests(Sample sample, Endpoint endpoint);

        /** Where the routes lead. */
        void routes(RouteFindings routes);
    }

    private final ReleaseUnderTest subject;
    private final Version old;
    private final Version next;
    private final Collection<Version> all;
    private final int requests;
    private final Shown shown;
    private final List<ServedStep> steps = new ArrayList<>();
    private final List<String> ofServices = new ArrayList<>();
    private List<String> missed = List.of();
    private Optional<String> astray = Optional.empty();
    private int asked;

    /**
     * @param all      versions of the case, those two among them
     * @param requests of one sample of users
     */
    public CanaryMeasurement(ReleaseUnderTest subject, Version old, Version next, Collection<Version> all, int requests,
            Shown shown) {
        this.subject = subject;
        this.old = old;
        this.next = next;
        this.all = all;
        this.requests = requests;
        this.shown = shown;
    }

    /** Leads the release to its end, and measures each weight where it is held. */
    public CanaryMeasurement along(CanaryWalk walk) {
        missed = walk.toTheEnd(this::at);
        return this;
    }

    /**
     * One sample of each kind, when the gateway has taken the weight up.
     *
     * @param before percent that was measured before
     */
    private void at(MeasurableWeight weight, int before) {
        Rollout rollout = subject.rollout();
        subject.journal().observed("measured at " + (rollout.healthy() ? "the end"
                : "step " + rollout.step().orElse(0)));
        String stable = ServiceRole.STABLE.in(rollout);
        String canary = ServiceRole.CANARY.in(rollout);
        subject.awaitWeight(next, before, weight.percent());
        if (weight.percent() > 0) {
            subject.awaitServed(canary, next);
        }
        // At the release's end the stable Service has the new version.
        boolean ended = subject.rollout().healthy();
        Audience audience = subject.audience();
        RouteFindings routes = audience.routes();
        shown.routes(routes);
        astray = astray.or(routes::complaint);
        Sample users = audience.sample(audience.version(), requests);
        shown.requests(users, audience.version());
        steps.add(new ServedStep(weight.step(), weight.percent(), users, pages(weight, ended, stable, canary),
                audience.sticky(routes)));
        String where = " at step " + weight.step();
        if (!ended) {
            ask("the stable Service" + where, stable, old, true);
        }
        ask("the canary Service" + where, canary, next, weight.percent() > 0);
    }

    /** The page's share, if each Service's page tells which version served it. */
    private Optional<Sample> pages(MeasurableWeight weight, boolean ended, String stable, String canary) {
        Audience audience = subject.audience();
        Optional<Page> page = audience.page(ended ? next : old, all, stable);
        if (!ended && weight.percent() > 0) {
            page = page.flatMap(own -> audience.page(next, all, canary));
        }
        Optional<Page> judged = page;
        return judged.map(own -> audience.sample(own, Audience.OF_A_PAGE)).map(sample -> {
            shown.requests(sample, judged.get());
            return sample;
        });
    }

    private void ask(String route, String service, Version version, boolean judged) {
        if (judged) {
            Sample sample = subject.audience().services().ask(subject.name(), service, OF_A_SERVICE);
            asked += sample.size();
            new ServedOnlyBy(route, version.answers(), Set.of()).complaint(sample).ifPresent(ofServices::add);
        }
    }

    /** What users were served, step by step. */
    public ServedSteps served(BinomialSplitTest split, BinomialSplitTest ofPages) {
        return new ServedSteps(steps, next.answers(), split, ofPages);
    }

    /** What is not as the steps ask; where the routes lead is said first, as it is the cause. Empty if all is. */
    public Optional<String> complaint(BinomialSplitTest split, BinomialSplitTest ofPages) {
        if (steps.isEmpty() && missed.isEmpty()) {
            return Optional.of("The steps of values.yaml set no weight, so that nothing is split");
        }
        List<String> wrong = Stream.of(astray, served(split, ofPages).complaint()).flatMap(Optional::stream).toList();
        return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join(". ", wrong));
    }

    /** Cookies that the users kept from step to step, each with who set it; empty if they were given none. */
    public List<String> cookies() {
        return steps.stream().flatMap(step -> step.sticky().stream()).distinct().toList();
    }

    /** @throws UnmeasurableSteps if a weight could not be measured */
    public void requireMeasured() {
        if (!missed.isEmpty()) {
            throw new UnmeasurableSteps(String.join("; ", missed));
        }
    }

    /** What keeps a Service from having answered by its own version at every step; empty if nothing does. */
    public Optional<String> complaintOfServices() {
        return ofServices.stream().findFirst();
    }

    /** Requests that its own Services were asked. */
    public int askedServices() {
        return asked;
    }
}
