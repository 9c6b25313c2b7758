package delivery.console;

import delivery.criteria.Cause;
import delivery.criteria.Checklist;
import delivery.criteria.Criterion;
import delivery.criteria.Result;
import delivery.criteria.Results;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A run to look at, in which nothing is proved: the console gets every kind of event, at the pace that the arguments
 * set. Arguments: seconds of a scenario's step (0.5), number of scenarios side by side (6), folder for the times.
 */
public final class StagedRun {

    private final Console console;
    private final Results results = new Results();
    private final double pace;

    private StagedRun(Console console, double pace) {
        this.console = console;
        this.pace = pace;
    }

    public static void main(String[] arguments) throws Exception {
        double pace = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 0.5;
        int sideBySide = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 6;
        Path times = Path.of(arguments.length > 2 ? arguments[2] : "target/staged-times");
        new StagedRun(Console.open(times), pace).run(Checklist.read(Path.of("features/task-9.md")), sideBySide);
    }

    private void run(Checklist checklist, int sideBySide) throws Exception {
        Map<String, Integer> scenarios = checklist.criteria().stream()
                .collect(Collectors.toMap(Criterion::id, criterion -> criterion.id().equals("CAN-A") ? 2 : 1));
        console.begin(checklist, scenarios);
        console.stage("the lab is started");
        for (String component : List.of("containerd", "etcd", "kube-apiserver", "argo-rollouts")) {
            console.say("lab: building \u001b[32m" + component + "\u001b[0m");
            pass(pace);
        }
        console.provingOn("lab", sideBySide);
        console.began("Argo CD's Application sample-api is synced and Healthy");
        pass(pace);
        console.saw("it is OutOfSync and Progressing");
        pass(2 * pace);
        console.ended();
        ExecutorService threads = Executors.newFixedThreadPool(sideBySide);
        List<Future<?>> ends = new ArrayList<>();
        for (Criterion criterion : checklist.criteria()) {
            for (int number = 0; number < scenarios.get(criterion.id()); number++) {
                ends.add(threads.submit(() -> prove(criterion)));
            }
        }
        for (Future<?> end : ends) {
            end.get();
        }
        threads.shutdown();
        console.stage("the reports are written");
        pass(2 * pace);
        Set<String> selected = new HashSet<>(scenarios.keySet());
        console.end(results.summary(checklist, selected), Optional.empty(), "took some time",
                "file:///reports/allure.html");
    }

    private void prove(Criterion criterion) {
        Random random = new Random(criterion.id().hashCode());
        console.started(criterion);
        results.started(criterion.id());
        long begin = System.nanoTime();
        for (String step : List.of("Given users have the old version, released by canary",
                "When the new version is released", "Then users are answered by the new version only")) {
            console.step(step);
            pass(pace * random.nextDouble());
            console.began("the Rollout is healthy at version 1.1.0");
            for (int pods = 0; pods < 3; pods++) {
                console.saw("it is Progressing: " + pods + " of 3 pods are available");
                pass(pace * random.nextDouble());
            }
            console.ended();
        }
        if (criterion.id().equals("BG-3")) {
            System.err.println("[load] ERROR a library that prints to the standard error");
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        Result result = criterion.id().equals("CAN-3")
                ? Result.notMet("Expected: the canary serves 20% of 1000 requests\n"
                + "Last seen: it served 35.1%, of which 1 in 1000 is refused\nSeen on the way:\n  +1.0s nothing", took)
                : criterion.id().startsWith("RB") ? Result.notRun(Cause.ENVIRONMENT, "environment problem: Argo CD"
                + " does not answer\nSee 'make lab-status'", took) : Result.proven(took);
        results.ended(criterion.id(), result);
        console.ended(criterion, result);
    }

    private static void pass(double seconds) {
        try {
            if (new CountDownLatch(1).await(Math.round(seconds * 1000), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody counts down");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
