package delivery.chart;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A duration as Argo Rollouts reads it, by Go's ParseDuration: {@code 30}, {@code 30s}, {@code 1h0.5m}. */
public final class GoDuration {

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{0,9})?|\\.\\d{1,9})(ms|h|m|s)");
    private static final Pattern ALL = Pattern.compile("(?:" + PART.pattern() + "){1,10}");
    private static final Map<String, BigDecimal> MILLIS = Map.of("ms", BigDecimal.ONE, "s", BigDecimal.valueOf(1_000),
            "m", BigDecimal.valueOf(60_000), "h", BigDecimal.valueOf(3_600_000));

    private GoDuration() {
    }

    /** @return the duration to the millisecond; a number alone is seconds; empty if the text is invalid or negative */
    public static Optional<Duration> parse(String text) {
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        if (!ALL.matcher(text).matches()) {
            return Optional.empty();
        }
        BigDecimal millis = BigDecimal.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            millis = millis.add(new BigDecimal(part.group(1)).multiply(MILLIS.get(part.group(2))));
        }
        return Optional.of(Duration.ofMillis(millis.longValue()));
    }
}
