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
 * Compares the Session History of a whole run with the calls that were sent. Only cases that were judged count: the
 * history of one that the environment ended may be incomplete. Safe for use by many threads.
 */
final class HistoryAudit {

    private static final String REGISTRY = "registry";

    private final Set<String> cases = ConcurrentHashMap.newKeySet();
    /** By the name of the Application: whose it was, the last one last. */
    private final Map<String, List<Tenure>> tenures = new ConcurrentHashMap<>();

    private volatile Predicate<RecordedCall> notOfCases = call -> false;

    private record Tenure(String criterion, Instant from) {
    }

    /** Calls that are no case's: those that keep and restore what a run in place changes. */
    void leaveOut(Predicate<RecordedCall> others) {
        notOfCases = others;
    }

    /** A test case of this criterion has begun. */
    void began(String criterion) {
        cases.add(criterion);
    }

    /** From now on an Application of this name is a scenario's of this criterion: made for it, or left by another. */
    void made(String name, String criterion) {
        tenures.computeIfAbsent(name, unused -> new CopyOnWriteArrayList<>()).add(new Tenure(criterion, Instant.now()));
    }

    /** Names of the Applications, and namespaces, that a criterion has had. */
    Set<String> madeFor(String criterion) {
        return tenures.entrySet().stream().filter(had -> had.getValue().stream()
                .anyMatch(tenure -> tenure.criterion().equals(criterion))).map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** The calls that went out while an Application was a scenario's of this criterion. */
    List<RecordedCall> calls(String criterion, String name, CallLog log) {
        return log.exchangesOf(name).stream().filter(call -> !notOfCases.test(call))
                .filter(call -> holder(name, call.at()).equals(criterion)).toList();
    }

    /** Who had it at a time: the first one from the beginning, and until the end the last one. */
    private String holder(String name, Instant at) {
        List<Tenure> all = tenures.getOrDefault(name, List.of());
        return all.stream().filter(tenure -> !tenure.from().isAfter(at)).reduce((before, after) -> after)
                .or(() -> all.stream().findFirst()).map(Tenure::criterion).orElse("");
    }

    /**
     * @param written the history, as read from its file
     * @param judged  ids of the criteria that have a verdict, which is not the environment's
     */
    List<String> discrepancies(List<HistoryEntry> written, CallLog log, Set<String> judged, Instant from) {
        List<HistoryEntry> entries = written.stream().filter(entry -> judged.contains(entry.criterion())).toList();
        Set<RecordedCall> ran = new LinkedHashSet<>();
        tenures.forEach((name, all) -> all.stream().map(Tenure::criterion).filter(judged::contains).distinct()
                .forEach(criterion -> ran.addAll(calls(criterion, name, log))));
        // A version is pushed for all cases by the first that needs it, which tells of that if it comes to its end.
        boolean allJudged = judged.containsAll(cases);
        log.exchanges().stream().filter(exchange -> exchange.target().equals(REGISTRY))
                .filter(push -> allJudged || entries.stream().anyMatch(entry -> entry.call().contains(push.path())))
                .forEach(ran::add);
        return Discrepancies.between(entries, new ArrayList<>(ran), cases.stream().filter(judged::contains).sorted()
                .toList(), from, Instant.now());
    }
}
