package delivery.console;

import delivery.console.ProgressSnapshot.Mark;
import delivery.criteria.Verdict;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.Map;
import java.util.regex.Pattern;

/** What can be shown in a charset: signs of its own where it lacks ours, and no control characters whatever is said. */
final class Glyphs {

    private static final String OURS = "✔✘–○▸·…⏳×";
    private static final Map<String, String> PLAIN = Map.ofEntries(Map.entry("✔", "+"), Map.entry("✘", "x"),
            Map.entry("–", "-"), Map.entry("○", "o"),
            Map.entry("—", "-"), Map.entry("▸", ">"), Map.entry("·", "."), Map.entry("…", "..."),
            Map.entry("⏳", "~"), Map.entry("×", "x"), Map.entry("±", "+/-"), Map.entry("→", "->"),
            Map.entry("“", "\""), Map.entry("”", "\""), Map.entry("‘", "'"), Map.entry("’", "'"));

    /** Colours and moves of the cursor, which a program that we run may write. */
    private static final Pattern SEQUENCE =
            Pattern.compile("\u001b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)|.)?");

    /** Also those that turn the direction of what follows. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    private final CharsetEncoder encoder;
    private final boolean ours;

    Glyphs(Charset charset) {
        encoder = charset.canEncode() ? charset.newEncoder() : java.nio.charset.StandardCharsets.US_ASCII.newEncoder();
        ours = encoder.canEncode(OURS);
    }

    String of(Mark mark) {
        return text(mark.sign());
    }

    String of(Verdict verdict) {
        return text(verdict.sign());
    }

    /** A text of one line as it can be shown. */
    String text(String text) {
        String clean = CONTROL.matcher(SEQUENCE.matcher(text).replaceAll("")).replaceAll(" ");
        if (canEncode(clean) && ours) {
            return clean;
        }
        StringBuilder shown = new StringBuilder();
        clean.codePoints().forEach(point -> {
            String sign = Character.toString(point);
            shown.append(!ours && PLAIN.containsKey(sign) ? PLAIN.get(sign) : canEncode(sign) ? sign : "?");
        });
        return shown.toString();
    }

    /** An encoder has a state. */
    private synchronized boolean canEncode(String text) {
        return encoder.canEncode(text);
    }
}
