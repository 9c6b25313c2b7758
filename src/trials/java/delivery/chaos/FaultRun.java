package delivery.chaos;

import delivery.report.RunRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What became of a case.
 *
 * @param verdict  that the criterion was given, its cause beside it if it was not run: "not run (environment)"
 * @param reason   of that verdict, its first line; empty if it is proven
 * @param recovery from the end of the trouble until `lab/lab status` found every component ready again; empty if no
 *                 component was troubled
 * @param left     what the run had made and was still there a while after it
 * @param took     the whole run
 * @param wrong    what must not be; empty if all is well
 */
record FaultRun(FaultCase tried, String verdict, String reason, Optional<Duration> recovery, List<String> left,
        Duration took, List<String> wrong) {

    static final String PROVEN = "proven";
    static final String UNFIT = "not run (environment)";

    /** @param exit code that the run ended with */
    static FaultRun of(FaultCase tried, RunRecord run, int exit, FaultInjection.Struck struck, List<String> left,
            Duration took) {
        RunRecord.Line line = run.criteria().stream().filter(known -> known.id().equals(tried.trouble().criterion()))
                .findFirst().orElseThrow();
        String verdict = line.verdict().replace('-', ' ')
                + (line.verdict().equals("not-run") ? " (" + line.cause() + ")" : "");
        String reason = line.reason() == null ? "" : line.reason().lines().findFirst().orElse("");
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
     * Of a run that could not write what it found.
     *
     * @param output what it said
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
