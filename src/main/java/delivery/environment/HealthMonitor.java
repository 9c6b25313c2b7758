package delivery.environment;

import delivery.kubernetes.ApiFailure;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Checks the parts of the platform continuously. A failure while one of them did not work says nothing about the
 * delivery. The monitor itself changes no verdict. Safe for use by many threads.
 */
final class HealthMonitor implements AutoCloseable {

    /** The longest time for an answer: far more than an overloaded machine takes, far less than any wait's limit. */
    static final Duration LONGEST_ANSWER = Duration.ofSeconds(8);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    /** The period of a question that changes an object and has a controller act on it, which costs more. */
    private static final Duration PERIOD_OF_CHANGES = Duration.ofSeconds(3);
    private static final String CONTROLLER = "the Argo Rollouts controller";
    private static final Set<Integer> ANSWERED = Set.of(401, 403, 404);

    /** A question to a part. It returns when the part has answered, and throws if it does not work or answer. */
    @FunctionalInterface
    interface Question {
        void ask();
    }

    private final List<Part> parts = new ArrayList<>();
    private final Supplier<Instant> now;
    private final ScheduledExecutorService clock;

    HealthMonitor(Map<String, Question> questions, Supplier<Instant> now) {
        this.now = now;
        questions.forEach((name, question) -> parts.add(new Part(name, question)));
        this.clock = Executors.newScheduledThreadPool(Math.max(1, parts.size()), task -> {
            Thread thread = new Thread(task, "pulse");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Monitors a platform from now on.
     *
     * @param controller asks the Argo Rollouts controller
     * @param routed     whether users come by the gateway
     */
    static HealthMonitor of(Platform platform, Question controller, boolean routed) {
        Map<String, Question> questions = new LinkedHashMap<>();
        questions.put("the Kubernetes API", () -> {
            try {
                platform.cluster().client().raw("/readyz");
            } catch (KubernetesClientException refused) {
                if (!ANSWERED.contains(refused.getCode())) {
                    throw ApiFailure.of("asking whether it is ready", refused);
                }
            }
        });
        questions.put("Argo CD's server", platform.argoCd()::version);
        if (routed) {
            questions.put("the gateway",
                    () -> platform.gateway().requireReachable("check." + platform.settings().hostDomain()));
        }
        questions.put(CONTROLLER, controller);
        HealthMonitor pulse = new HealthMonitor(questions, Instant::now);
        pulse.parts.forEach(part -> pulse.clock.scheduleWithFixedDelay(part::ask, 0,
                (part.name.equals(CONTROLLER) ? PERIOD_OF_CHANGES : PERIOD).toMillis(), TimeUnit.MILLISECONDS));
        return pulse;
    }

    /** Asks each part once, on this thread. */
    void beat() {
        parts.forEach(Part::ask);
    }

    /** The parts that did not answer for too long at some time since then, in a sentence; empty if all did. */
    Optional<String> missedSince(Instant since) {
        List<String> missed = parts.stream().flatMap(part -> part.missedSince(since)).toList();
        return missed.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", missed));
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    /** A time in which a part did not work. */
    private record Outage(Instant from, Instant to, String why) {
    }

    /** A part of the platform, and its outages. */
    private final class Part {

        private final String name;
        private final Question question;
        private final List<Outage> outages = new ArrayList<>();
        private Optional<Instant> asked = Optional.empty();
        private Optional<Instant> failing = Optional.empty();
        private String why = "";

        Part(String name, Question question) {
            this.name = name;
            this.question = question;
        }

        void ask() {
            Instant begun = now.get();
            began(begun);
            try {
                question.ask();
                answered(begun);
            } catch (RuntimeException unwell) {
                failed(begun, unwell);
            }
        }

        private synchronized void began(Instant begun) {
            asked = Optional.of(begun);
        }

        private synchronized void answered(Instant begun) {
            asked = Optional.empty();
            Instant ended = now.get();
            if (failing.isPresent()) {
                outages.add(new Outage(failing.get(), ended, why));
                failing = Optional.empty();
            } else if (Duration.between(begun, ended).compareTo(LONGEST_ANSWER) > 0) {
                outages.add(new Outage(begun, ended, "it did not answer"));
            }
        }

        private synchronized void failed(Instant begun, RuntimeException unwell) {
            asked = Optional.empty();
            if (!clock.isShutdown()) {
                failing = Optional.of(failing.orElse(begun));
                why = String.valueOf(unwell.getMessage()).lines().findFirst().orElse("").strip();
            }
        }

        synchronized Stream<String> missedSince(Instant since) {
            Instant to = now.get();
            Stream<Outage> past = outages.stream().filter(outage -> outage.to().isAfter(since));
            Stream<Outage> present = failing.map(from -> new Outage(from, to, why)).stream();
            Stream<Outage> unanswered = asked.filter(begun -> failing.isEmpty()
                            && Duration.between(begun, to).compareTo(LONGEST_ANSWER) > 0)
                    .map(begun -> new Outage(begun, to, "it does not answer")).stream();
            return Stream.of(past, present, unanswered).flatMap(outages -> outages).map(outage -> name
                    + " did not work for some " + Math.max(1, Duration.between(outage.from(), outage.to()).toSeconds())
                    + " s from " + outage.from() + " on (" + outage.why() + ")");
        }
    }
}
