package delivery.chaos;

import delivery.report.RunRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The outcome of a case.
 *
 * @param verdict  the verdict on the criterion, with its cause if it was not run: "not run (environment)"
 * @param reason   the first line of the verdict's reason; empty if the criterion is proven
 * @param recovery time from the end of the fault until `lab/lab status` found every component ready again; empty if no
 *                 component was touched
 * @param left     objects that the run had made and that still existed a while after it
 * @param took     duration of the whole run
 * @param wrong    everything that violates the rules for a run with a fault; empty if nothing does
 */
record FaultRun(FaultCase tried, String verdict, String reason, Optional<Duration> recovery, List<String> left,
        Duration took, List<String> wrong) {

    static final String PROVEN = "proven";
    static final String UNFIT = "not run (environment)";

    /** @param exit exit code of the run */
    static FaultRun of(FaultCase tried, RunRecord run, int exit, FaultInjection.Struck struck, List<String> left,
            Duration took) {
        RunRecord.Line line = run.criteria().stream().filter(known -> known.id().equals(tried.trouble().criterion()))
                .findFirst().orElseThrow();
        String verdict = line.verdict().replace('-', ' ')
                + (line.verdict().equals("not-run") ? " (" + line.cause() + ")" : "");
        // The table is published, and a folder of this machine means nothing to its readers.
        String reason = line.reason() == null ? "" : line.reason().lines().findFirst().orElse("")
                .replace(Path.of("").toAbsolutePath() + "/", "");
        List<String> wrong = new ArrayList<>();
        boolean proven = verdict.equals(PROVEN);
        if (!proven && !verdict.equals(UNFIT)) {
            wrong.add("it is neither proven nor is the environment said not to be fit");
        }
        if (verdict.equals(UNFIT) && tried.trouble().named().stream()
                .noneMatch(reason.replaceFirst(" Seen then: .*", "")::contains)) {
            wrong.add("the reason names none of " + tried.trouble().named());
        }
        if (exit != (proven ? 0 : 3) && verdict.matches("proven|not run \\(environment\\)")) {
            wrong.add("the exit code is " + exit);
        }
        if (struck.late()) {
            wrong.add("the trouble came when the scenario was over, or never: nothing is learned of it");
        }
        if (!left.isEmpty()) {
            wrong.add("left over: " + String.join(", ", left));
        }
        return new FaultRun(tried, verdict, reason, struck.recovery(), left, took, wrong);
    }

    /**
     * Returns the outcome of a run that could not write its reports.
     *
     * @param output what the run printed
     */
    static FaultRun withoutReports(FaultCase tried, String output, int exit, List<String> left, Duration took) {
        Matcher line = Pattern.compile("(?m)^\\S+ +" + tried.trouble().criterion()
                + " +(proven|not met|not run) after[^:\n]*(.*)")
                .matcher(output);
        String verdict = line.find() ? line.group(1).equals("not run") ? UNFIT : line.group(1) : "none";
        List<String> wrong = new ArrayList<>();
        if (!verdict.equals(PROVEN) && !verdict.equals(UNFIT)) {
            wrong.add("it is neither proven nor is the environment said not to be fit");
        }
        if (exit != 3) {
            wrong.add("the exit code is " + exit);
        }
        Optional<String> said = output.lines().filter(text -> tried.trouble().named().stream().anyMatch(text::contains))
                .findFirst();
        if (said.isEmpty()) {
            wrong.add("it says none of " + tried.trouble().named());
        }
        if (!left.isEmpty()) {
            wrong.add("left over: " + String.join(", ", left));
        }
        return new FaultRun(tried, verdict, said.orElse("").strip(), Optional.empty(), left, took, wrong);
    }

    static FaultRun none(FaultCase tried, Duration took, Throwable trouble) {
        return new FaultRun(tried, "none", String.valueOf(trouble.getMessage()).lines().findFirst().orElse(""),
                Optional.empty(), List.of(), took, List.of("it could not be tried: " + trouble));
    }
}
