package delivery.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

/** The calls of one run that changed something, recorded where they are sent. Safe for use by many threads. */
public final class CallLog {

    private final Queue<RecordedCall> exchanges = new ConcurrentLinkedQueue<>();
    private final UnaryOperator<String> redaction;

    public CallLog() {
        this(UnaryOperator.identity());
    }

    /** @param redaction removes secrets from every path and body before it is kept */
    public CallLog(UnaryOperator<String> redaction) {
        this.redaction = redaction;
    }

    public void record(RecordedCall exchange) {
        exchanges.add(new RecordedCall(exchange.at(), exchange.target(), exchange.method(),
                redaction.apply(exchange.path()), exchange.status(), redaction.apply(exchange.body())));
    }

    /** All calls so far, in order of time. */
    public List<RecordedCall> exchanges() {
        List<RecordedCall> sorted = new ArrayList<>(exchanges);
        sorted.sort(Comparator.comparing(RecordedCall::at));
        return List.copyOf(sorted);
    }

    /** The calls for a scenario: its own name, which is unique, is in their path or body. */
    public List<RecordedCall> callsOf(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a scenario must not be blank");
        }
        return exchanges().stream()
                .filter(exchange -> exchange.path().contains(name) || exchange.body().contains(name))
                .toList();
    }

    /** The calls that pushed a version, if these entries report the push. If another case pushed it, its entries do. */
    public List<RecordedCall> pushesOf(String tag, List<HistoryEntry> entries) {
        return callsOf(tag).stream().filter(exchange -> exchange.target().equals("registry"))
                .filter(push -> entries.stream().anyMatch(entry -> entry.reports(push))).toList();
    }
}
