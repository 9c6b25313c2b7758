package delivery.evidence;

import delivery.settings.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Removes secrets from a text that is kept: known values in whatever form they are written, and everything that stands
 * where a secret usually does. It is the last safeguard; texts should contain no secrets in the first place.
 */
public final class Redaction implements UnaryOperator<String> {

    private static final String MASK = "(redacted)";

    /** Names of fields that hold a secret. */
    private static final String NAMES = "token|password|passwd|passphrase|pwd|secret|api[-_]?key|credentials?";

    private static final List<Pattern> PLACES = List.of(
            // Authorization: Bearer abc, Basic abc
            Pattern.compile("(?i)(\\b(?:bearer|basic)\\s+)[-\\w.~+/]{8,}=*"),
            // "token":"abc", "auth-token" : "abc", also with the quotes of a text within a text
            Pattern.compile("(?i)(\\\\?\"[\\w.-]*(?:" + NAMES + "|pass|authorization|private[-_]?key)"
                    + "\\\\?\"\\s*:\\s*\\\\?\")[^\"\\\\]+"),
            // "name":"database.password","value":"abc": a Helm parameter, or a variable
            Pattern.compile("(?i)(\\\\*\"name\\\\*\"\\s*:\\s*\\\\*\"[^\"\\\\]*(?:" + NAMES + ")"
                    + "\\\\*\"\\s*,\\s*\\\\*\"value\\\\*\"\\s*:\\s*\\\\*\")[^\"\\\\]+"),
            // "value":"abc","name":"DATABASE_PASSWORD": the same in the other order
            Pattern.compile("(?i)(\\\\*\"value\\\\*\"\\s*:\\s*\\\\*\")[^\"\\\\]+(?=\\\\*\"\\s*,\\s*\\\\*\"name\\\\*\""
                    + "\\s*:\\s*\\\\*\"[^\"\\\\]*(?:" + NAMES + "))"),
            // token=abc, ARGOCD_PASSWORD=abc, --auth-token=abc
            Pattern.compile("(?i)(\\b[\\w.-]*(?:" + NAMES + ")=)[^\\s&\"']+"),
            // password: abc, 'client_secret': 'abc', in YAML and in logs
            Pattern.compile("(?i)(\\b[\\w.-]*(?:token|password|passwd|passphrase|client[-_]?secret|api[-_]?key"
                    + "|access[-_]?key|private[-_]?key|cookie)[\"']?:[ \\t]+)(?:\"[^\"]*\"|'[^']*'|[^\\s\"',}]+)"),
            // AWS_SECRET_ACCESS_KEY=abc
            Pattern.compile("(?i)(\\b[\\w.-]*(?:secret|access)[-_]?(?:access[-_]?)?key=)[^\\s&\"']+"),
            // Authorization: token abc
            Pattern.compile("(?i)(\\bauthorization[\"']?\\s*[:=]\\s*[\"']?\\w+\\s+)[^\\s\"']{8,}"),
            // --password abc
            Pattern.compile("(?i)(--?(?:[\\w-]*(?:token|password|secret|api-key))[ \\t]+)[^\\s\"'-][^\\s\"']*"),
            // https://user:abc@host, https://abc@host
            Pattern.compile("(\\w://[^\\s/:@\"]*:)[^\\s/@\"]+(?=@)"),
            Pattern.compile("(\\w://)[^\\s/:@\"]{12,}(?=@)"),
            // A JSON Web Token: three parts, the first two of which are objects
            Pattern.compile("()\\beyJ[-\\w]{5,}\\.eyJ[-\\w]{5,}\\.[-\\w]*"));

    /** Longest first, so that a secret that begins like another is removed whole. */
    private final Set<String> values =
            new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /** @param secrets the secrets with known values */
    public Redaction(Iterable<Secret> secrets) {
        for (Secret secret : secrets) {
            String value = secret.reveal();
            values.add(value);
            values.add(value.replace("\\", "\\\\").replace("\"", "\\\""));
            values.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            values.add(Base64.getEncoder().encodeToString(bytes));
            values.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
    }

    @Override
    public String apply(String text) {
        String redacted = text;
        for (String value : values) {
            redacted = redacted.replace(value, MASK);
        }
        for (Pattern place : PLACES) {
            redacted = place.matcher(redacted).replaceAll("$1" + MASK);
        }
        return redacted;
    }
}
