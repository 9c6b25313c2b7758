package delivery.console;

import delivery.console.ProgressSnapshot.Mark;
import delivery.criteria.Verdict;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.Map;
import java.util.regex.Pattern;

/** The symbols that a charset can show, with substitutes for those that it lacks; control characters are removed. */
final class Glyphs {

    private static final String OURS = "✔✘–○▸·…⏳×";
    private static final Map<String, String> PLAIN = Map.ofEntries(Map.entry("✔", "+"), Map.entry("✘", "x"),
            Map.entry("–", "-"), Map.entry("○", "o"),
            Map.entry("—", "-"), Map.entry("▸", ">"), Map.entry("·", "."), Map.entry("…", "..."),
            Map.entry("⏳", "~"), Map.entry("×", "x"), Map.entry("±", "+/-"), Map.entry("→", "->"),
            Map.entry("“", "\""), Map.entry("”", "\""), Map.entry("‘", "'"), Map.entry("’", "'"));

    /** Colours and cursor movements, which a program that the suite runs may print. */
    private static final Pattern SEQUENCE =
            Pattern.compile("\u001b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)|.)?");

    /** Control characters, including those that change the direction of the text that follows. */
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

    /** Returns one line of text in a form that can be shown. */
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

    /** Synchronized because an encoder has state. */
    private synchronized boolean canEncode(String text) {
        return encoder.canEncode(text);
    }
}
