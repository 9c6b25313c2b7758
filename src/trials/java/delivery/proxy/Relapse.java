package delivery.proxy;

import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answers of a gateway that goes back for a moment: once a host has given the same answer many times in a row, the
 * answer before that is given for a while. Each change of an answer is followed by one relapse at most. Safe for use by
 * several threads.
 */
final class Relapse {

    /** More than one look at a route has, and fewer than a sample. */
    private static final int IN_A_ROW = 40;

    private static final class Host {
        private String word = "";
        private Buffer now;
        private Buffer before;
        private int inRow;
        private long until;
    }

    private final Pattern word;
    private final long millis;
    private final Map<String, Host> hosts = new HashMap<>();

    /**
     * @param word   regular expression of the part by which two answers differ
     * @param millis length of the relapse
     */
    Relapse(Pattern word, long millis) {
        this.word = word;
        this.millis = millis;
    }

    /**
     * Returns the answer to give in place of the real one.
     *
     * @param now milliseconds
     */
    synchronized Buffer answer(String host, Buffer real, long now) {
        Host state = hosts.computeIfAbsent(host, unused -> new Host());
        Matcher found = word.matcher(real.toString());
        String heard = found.find() ? found.group() : "";
        state.inRow = heard.equals(state.word) ? state.inRow + 1 : 1;
        if (state.inRow == 1) {
            state.before = state.now;
            state.word = heard;
        }
        state.now = real;
        if (state.inRow == IN_A_ROW && state.before != null) {
            state.until = now + millis;
        }
        return now < state.until ? state.before : real;
    }
}
