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
import java.util.stream.Collectors;

/**
 * Compares the Session History of a whole run with the calls that went out. Only cases that were judged count: one that
 * the environment ended has nothing to tell, or could not tell it any more. Safe for use by many threads.
 */
final class HistoryAudit {

    private static final String REGISTRY = "registry";

    private final Set<String> cases = ConcurrentHashMap.newKeySet();
    private final Map<String, String> criteria = new ConcurrentHashMap<>();

    /** A test case of this criterion has begun. */
    void began(String criterion) {
        cases.add(criterion);
    }

    /** A scenario of this criterion has made an Application of this name. */
    void made(String name, String criterion) {
        criteria.put(name, criterion);
    }

    /** Names of the Applications, and namespaces, that were made for a criterion. */
    Set<String> madeFor(String criterion) {
        return criteria.entrySet().stream().filter(made -> made.getValue().equals(criterion)).map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /**
     * The differences, each in words.
     *
     * @param written the history, as read from its file
     * @param judged  ids of the criteria that have a verdict, which is not the environment's
     * @param from    when the run began
     */
    List<String> discrepancies(List<HistoryEntry> written, CallLog log, Set<String> judged, Instant from) {
        List<HistoryEntry> entries = written.stream().filter(entry -> judged.contains(entry.criterion())).toList();
        Set<RecordedCall> ran = new LinkedHashSet<>();
        criteria.forEach((name, criterion) -> {
            if (judged.contains(criterion)) {
                ran.addAll(log.exchangesOf(name));
            }
        });
        // A version is pushed for all cases by the first that needs it, which tells of that if it comes to its end.
        boolean allJudged = judged.containsAll(cases);
        log.exchanges().stream().filter(exchange -> exchange.target().equals(REGISTRY))
                .filter(push -> allJudged || entries.stream().anyMatch(entry -> entry.call().contains(push.path())))
                .forEach(ran::add);
        return Discrepancies.between(entries, new ArrayList<>(ran), cases.stream().filter(judged::contains).sorted()
                .toList(), from, Instant.now());
    }
}
