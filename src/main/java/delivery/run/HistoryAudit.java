package delivery.run;

import delivery.history.CallLog;
import delivery.history.Discrepancies;
import delivery.history.HistoryEntry;
import delivery.history.RecordedCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Compares the Session History of a whole run with the calls that were sent. Only test cases with a verdict count: if
 * the environment ended a case, its history may be incomplete. Safe for use by many threads.
 */
final class HistoryAudit {

    private static final String REGISTRY = "registry";

    private final Set<String> cases = ConcurrentHashMap.newKeySet();
    /** The criteria that had each Application, by its name, in the order of time. */
    private final Map<String, List<Tenure>> tenures = new ConcurrentHashMap<>();

    private volatile Predicate<RecordedCall> notOfCases = call -> false;

    private record Tenure(String criterion, Instant from) {
    }

    /** Excludes calls that belong to no test case: those that keep and restore what a run in place changes. */
    void leaveOut(Predicate<RecordedCall> others) {
        notOfCases = others;
    }

    /** Records that a test case of this criterion has begun. */
    void began(String criterion) {
        cases.add(criterion);
    }

    /** Records that the Application, new or left by another scenario, is this criterion's from now on. */
    void made(String name, String criterion) {
        tenures.computeIfAbsent(name, unused -> new CopyOnWriteArrayList<>()).add(new Tenure(criterion, Instant.now()));
    }

    /** Returns the names of the Applications and the namespaces that a criterion has had. */
    Set<String> madeFor(String criterion) {
        return tenures.entrySet().stream().filter(had -> had.getValue().stream()
                .anyMatch(tenure -> tenure.criterion().equals(criterion))).map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Returns the calls that were sent while a scenario of this criterion had the Application. */
    List<RecordedCall> calls(String criterion, String name, CallLog log) {
        return log.callsOf(name).stream().filter(call -> !notOfCases.test(call))
                .filter(call -> holder(name, call.at()).equals(criterion)).toList();
    }

    /** Returns the criterion that had it at a time; before the first tenure, that of the first. */
    private String holder(String name, Instant at) {
        List<Tenure> all = tenures.getOrDefault(name, List.of());
        return all.stream().filter(tenure -> !tenure.from().isAfter(at)).reduce((before, after) -> after)
                .or(() -> all.stream().findFirst()).map(Tenure::criterion).orElse("");
    }

    /**
     * Returns the differences between the history and the calls, in words.
     *
     * @param written the history, as read from its file
     * @param judged  ids of the criteria whose verdict is not the environment's
     */
    List<String> discrepancies(List<HistoryEntry> written, CallLog log, Set<String> judged, Instant from) {
        List<HistoryEntry> entries = written.stream().filter(entry -> judged.contains(entry.criterion())).toList();
        Set<RecordedCall> ran = new LinkedHashSet<>();
        tenures.forEach((name, all) -> all.stream().map(Tenure::criterion).filter(judged::contains).distinct()
                .forEach(criterion -> ran.addAll(calls(criterion, name, log))));
        // The first case that needs a version pushes it for all, and its history has the push only if it finishes.
        boolean allJudged = judged.containsAll(cases);
        log.exchanges().stream().filter(exchange -> exchange.target().equals(REGISTRY))
                .filter(push -> allJudged || entries.stream().anyMatch(entry -> entry.reports(push)))
                .forEach(ran::add);
        return Discrepancies.between(entries, new ArrayList<>(ran), cases.stream().filter(judged::contains).sorted()
                .toList(), from, Instant.now());
    }
}
