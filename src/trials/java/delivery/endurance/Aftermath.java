package delivery.endurance;

import delivery.acceptance.LiveState;
import delivery.acceptance.SuiteProcess;
import delivery.environment.Platform;
import delivery.failure.EnvironmentNotFit;
import delivery.report.RunRecord;
import delivery.traffic.Endpoint;
import delivery.waiting.NotMet;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The traces of a run after it has ended, and whether the next run cleans them up. */
final class Aftermath {

    /** Limit for a run: several times what one takes on a small machine under load. */
    private static final Duration LONGEST_RUN = Duration.ofMinutes(15);
    /** Limit for the end after Ctrl-C, which starts to delete objects and does not wait until they are gone. */
    private static final Duration LONGEST_END = Duration.ofSeconds(60);
    /** Limit for the end in place, where Ctrl-C puts back the live release and waits for its pods. */
    private static final Duration LONGEST_END_IN_PLACE = Duration.ofMinutes(4);
    private static final Duration LONGEST_BEGIN = Duration.ofMinutes(3);
    private static final Duration A_MOMENT = Duration.ofMillis(100);
    private static final Path RUNS = Path.of("target", "interruptions");
    private static final List<String> REPORTS = List.of("exit-code", "run.json", "criteria.md", "allure.html");
    private static final int NO_SUCH_ROUTE = 404;

    private final Platform platform;
    private final InterruptionTable table;
    private final Optional<LiveState> live;

    /** A way in which a run ends. */
    enum How {
        LEFT_ALONE("left alone"), CTRL_C("Ctrl-C"), KILL_9("kill -9");

        private final String words;

        How(String words) {
            this.words = words;
        }
    }

    Aftermath(Platform platform, InterruptionTable table) {
        this(platform, table, Optional.empty());
    }

    /** @param live the state that runs in place change, and must have put back; empty if they make copies */
    Aftermath(Platform platform, InterruptionTable table, Optional<LiveState> live) {
        this.platform = platform;
        this.table = table;
        this.live = live;
    }

    /** Starts a run on the lab. Its name marks its files and processes, so that they can be told apart from others. */
    SuiteProcess start(String name, String tags) throws IOException {
        Path temporary = Files.createDirectories(RUNS.resolve(name).resolve("tmp")).toAbsolutePath();
        clear(temporary);
        // An empty KUBECONFIG selects the lab.
        Map<String, String> settings = live.isPresent() ? Map.of("KUBECONFIG", "", "MODE", "in-place", "YES", "1")
                : Map.of("KUBECONFIG", "");
        return SuiteProcess.start(RUNS.resolve(name), tags, settings, "-Djava.io.tmpdir=" + temporary);
    }

    /** Waits until the first scenario has begun, and returns when that was. */
    Instant firstScenario(SuiteProcess run) throws InterruptedException {
        Instant latest = Instant.now().plus(LONGEST_BEGIN);
        while (ConsoleTranscript.in(run.output()).begun().isEmpty()) {
            if (run.endsWithin(A_MOMENT) || Instant.now().isAfter(latest)) {
                throw new IllegalStateException("No scenario began: " + run.output());
            }
        }
        return Instant.now();
    }

    /** Ends a run, or leaves it alone, and reports the outcome of this run and of the next one. */
    Interruption of(String number, SuiteProcess run, How how, Instant begun, String next)
            throws IOException, InterruptedException {
        List<String> complaints = new ArrayList<>();
        Set<ProcessHandle> processes = run.handle().descendants().collect(Collectors.toCollection(LinkedHashSet::new));
        processes.add(run.handle());
        Set<String> underWay = how == How.LEFT_ALONE ? Set.of() : ConsoleTranscript.in(run.output()).underWay();
        double at = how == How.LEFT_ALONE ? 0 : Duration.between(begun, Instant.now()).toMillis() / 1000.0;
        try (Leftovers remains = new Leftovers(platform.cluster().client())) {
            end(run, how, complaints);
            if (how != How.KILL_9) {
                requireLive(complaints);
            }
            Set<String> left = new TreeSet<>(remains.lastKnown());
            if (how == How.CTRL_C) {
                left.stream().filter(what -> !what.endsWith(Leftovers.BEING_REMOVED))
                        .forEach(what -> complaints.add("it left " + what));
            }
            Set<String> names = remains.names();
            alive(processes, run).forEach(process -> left.add("process " + process));
            int files = clear(run.folder().resolve("tmp"));
            if (files > 0) {
                left.add(files + " temporary files or folders");
            }
            List<String> reports = REPORTS.stream().filter(name -> Files.exists(run.folder().resolve(name))).toList();
            String found = how == How.LEFT_ALONE ? green(run, complaints) : next(number, next, complaints);
            requireLive(complaints);
            String gone = gone(remains, names, alive(processes, run), complaints);
            Interruption result =
                    new Interruption(number, how.words, at, underWay, reports, left, found, gone, complaints);
            table.add(result);
            return result;
        }
    }

    private void requireLive(List<String> complaints) {
        live.ifPresent(before -> complaints.addAll(before.differences(LiveState.of(platform))));
    }

    private void end(SuiteProcess run, How how, List<String> complaints) throws IOException,
            InterruptedException {
        switch (how) {
            case CTRL_C -> run.interrupt();
            case KILL_9 -> run.kill();
            default -> { }
        }
        if (!run.endsWithin(how == How.LEFT_ALONE ? LONGEST_RUN
                : live.isPresent() ? LONGEST_END_IN_PLACE : LONGEST_END)) {
            complaints.add("it did not end");
            run.kill();
            run.endsWithin(LONGEST_END);
        }
        if (how != How.LEFT_ALONE) {
            Set<String> blamed = ConsoleTranscript.in(run.output()).notMet();
            if (!blamed.isEmpty()) {
                complaints.add("it says not met of " + blamed);
            }
            if (Files.exists(run.folder().resolve("run.json")) && run.record().result() != RunRecord.Outcome.SUCCESS) {
                complaints.add("its record says " + run.record().result().spelling());
            }
        }
    }

    private String next(String number, String tags, List<String> complaints) throws IOException, InterruptedException {
        try (SuiteProcess next = start(number + "-next", tags)) {
            if (!next.endsWithin(LONGEST_RUN)) {
                complaints.add("the next run did not end");
                return "did not end";
            }
            return green(next, complaints);
        }
    }

    /** Requires that a run that has ended is green, and returns its result in words. */
    private static String green(SuiteProcess run, List<String> complaints) throws InterruptedException {
        try {
            int exit = run.await(LONGEST_END);
            RunRecord record = run.record();
            complaints.addAll(UnprovenCriteria.of(record));
            if (exit != 0) {
                complaints.add("exit code " + exit);
            }
            return record.counts().proven() + " of " + record.selection().criteria().size() + " proven, exit code "
                    + exit + Took.in(run.output()).map(took -> ", " + took.all() + " s").orElse("");
        } catch (IOException none) {
            complaints.add("no record: " + run.output());
            return "left no record";
        }
    }

    /** Waits until nothing is left of any run that has ended, and returns what is left in words. */
    private String gone(Leftovers remains, Set<String> names, Set<String> processes, List<String> complaints) {
        Instant begun = Instant.now();
        List<String> left = new ArrayList<>();
        processes.forEach(process -> left.add("process " + process));
        try {
            new Waiting(1, (what, elapsed, seen) -> { }).until(remains, Leftovers.none(), WaitLimit.DELETION);
        } catch (NotMet | EnvironmentNotFit still) {
            left.add(still.getMessage());
        }
        names.stream().map(name -> name + "." + platform.settings().hostDomain())
                .filter(host -> platform.gateway().ask(host, Endpoint.VERSION).status() != NO_SUCH_ROUTE)
                .forEach(host -> left.add("route of " + host));
        if (left.isEmpty()) {
            return "nothing, seen after " + Duration.between(begun, Instant.now()).toMillis() / 100 / 10.0 + " s";
        }
        complaints.add("left: " + String.join("; ", left));
        return String.join("; ", left);
    }

    /**
     * Returns the live processes of a run: those it had when it was ended, and those with its folder in their command.
     */
    private static Set<String> alive(Set<ProcessHandle> before, SuiteProcess run) {
        return Stream.concat(before.stream(), ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine()
                        .filter(command -> command.contains(run.folder().toString())).isPresent()))
                .filter(ProcessHandle::isAlive)
                .map(process -> process.pid() + " " + process.info().command().orElse("?"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** @return the number of files and folders in it */
    private static int clear(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walked = Files.walk(folder)) {
            files = walked.filter(file -> !file.equals(folder)).sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
        return files.size();
    }
}
