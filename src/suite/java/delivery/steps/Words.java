package delivery.steps;

import delivery.release.CanaryPlan;
import delivery.rollout.ServiceRole;
import delivery.rollout.Strategy;
import delivery.traffic.ShareTolerance;
import io.cucumber.datatable.DataTable;
import io.cucumber.java.DataTableType;
import io.cucumber.java.ParameterType;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The words in features that stand for values. A number of any size is accepted, so that the message for a wrong one
 * shows the valid range, not an undefined step.
 *
 * <p>Editors read the regular expressions from the source, and only understand literals, of the kind that JavaScript
 * has.
 */
public final class Words {

    static final String NUMBER = "\\d[\\d,]*";
    static final String SHARE = "\\d+ ?(?:%|per ?cent)";
    static final String DURATION = "\\d+(?:\\.\\d+)? ?(?:ms|s|m|secs?|(?:milli)?seconds?|min(?:ute)?s?)";
    static final String BY_A_PERSON = "until (?:it is )?promoted|until a person promotes it";

    static final int MOST_REQUESTS = 100_000;
    private static final int FASTEST_RATE = 500;
    private static final int MOST_PODS = 20;
    private static final int MOST_POINTS = 50;
    private static final int MOST_STEPS = 20;
    /** The least odds against refusing a right share; FALSE_RED_RATE has the same limit. */
    private static final int LEAST_ODDS = 20;
    private static final int MOST_ODDS = 1_000_000_000;
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    @Spelled(meaning = "The strategy of a release.",
            as = {"blue-green", "blue/green", "blue green", "bluegreen", "blueGreen", "Blue-Green", "canary", "Canary"})
    @ParameterType("[Bb]lue[-/ ]?[Gg]reen|[Cc]anary")
    public Strategy strategy(String word) {
        return word.equalsIgnoreCase("canary") ? Strategy.CANARY : Strategy.BLUE_GREEN;
    }

    @Spelled(meaning = "`old` is the version that the Application deploys today, `new` the one that is built after it,"
            + " `newer` the one after that. `stable` and `previous` are the old one, `next` is the new one.",
            as = {"old", "previous", "stable", "new", "next", "newer"})
    @ParameterType(name = "version", value = "old|previous|stable|newer|new|next")
    public VersionRole age(String word) {
        return switch (word) {
            case "newer" -> VersionRole.NEWER;
            case "new", "next" -> VersionRole.NEW;
            default -> VersionRole.OLD;
        };
    }

    @Spelled(meaning = "A Service, by its purpose. `active` is the name of the stable one in blue-green.",
            as = {"stable", "active", "preview", "canary"})
    @ParameterType("stable|active|preview|canary")
    public ServiceRole service(String word) {
        return word.equals("active") ? ServiceRole.STABLE : ServiceRole.valueOf(word.toUpperCase(Locale.ROOT));
    }

    @Spelled(meaning = "The phase that the release reports.",
            as = {"healthy", "paused", "progressing", "degraded", "Healthy", "Paused", "Progressing", "Degraded"})
    @ParameterType("[Hh]ealthy|[Pp]aused|[Pp]rogressing|[Dd]egraded")
    public String phase(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1).toLowerCase(Locale.ROOT);
    }

    @Spelled(meaning = "How many requests are sent, once each.", range = "1 to 100000 requests",
            as = {"200 requests", "1 request", "2,000 requests"})
    @ParameterType("\\d[\\d,]* requests?")
    public int requests(String words) {
        return Amount.whole(words, 1, MOST_REQUESTS);
    }

    @Spelled(meaning = "How fast requests are sent.", range = "1 to 500 requests a second",
            as = {"25 requests a second", "25 requests per second", "25 requests/s", "1 request a second"})
    @ParameterType("\\d[\\d,]* requests?(?: a second| per second| each second|/s)")
    public int rate(String words) {
        return Amount.whole(words, 1, FASTEST_RATE);
    }

    @Spelled(meaning = "How many pods the release has when nothing changes.", range = "1 to 20 pods",
            as = {"3 pods", "1 pod", "3 replicas"})
    @ParameterType("\\d[\\d,]* (?:pods?|replicas?)")
    public int pods(String words) {
        return Amount.whole(words, 1, MOST_PODS);
    }

    @Spelled(meaning = "How long something lasts.", range = "100 ms to 10 minutes",
            as = {"4 seconds", "1 second", "4s", "4 s", "1 minute", "2 minutes", "2 min", "500 ms", "500 milliseconds",
                "1.5 seconds"})
    @ParameterType("\\d+(?:\\.\\d+)? ?(?:ms|s|m|secs?|(?:milli)?seconds?|min(?:ute)?s?)")
    public Duration duration(String words) {
        String unit = words.replaceAll("[\\d., ]", "");
        // The limit is far above the range, but small enough for a duration.
        double count = Math.min(Double.parseDouble(Amount.digits(words)), 1e9);
        double millis =
                count * (unit.startsWith("ms") || unit.startsWith("milli") ? 1 : unit.startsWith("s") ? 1_000 : 60_000);
        Duration duration = Duration.ofMillis(Math.round(millis));
        if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new OutOfRange(words, "100 ms to 10 minutes");
        }
        return duration;
    }

    @Spelled(meaning = "How long the old version stays up after a switch.", range = "1 second to 10 minutes",
            as = {"5 seconds", "1 second", "5s", "1 minute"})
    @ParameterType("\\d+(?:\\.\\d+)? ?(?:ms|s|m|secs?|(?:milli)?seconds?|min(?:ute)?s?)")
    public Duration delay(String words) {
        return seconds(words);
    }

    @Spelled(meaning = "The shares of users' requests that a canary gets, one step after the other.",
            range = "0% to 100%, and 20 steps at most",
            as = {"20% and 60%", "20%", "10%, 40% and 80%", "10%, 40%, 80%", "10 %, 40 % and 80 %",
                "10 percent and 50 percent"})
    @ParameterType("\\d+ ?(?:%|per ?cent)(?:(?:, and |, | and )\\d+ ?(?:%|per ?cent))*")
    public List<Integer> shares(String words) {
        List<Integer> shares = Stream.of(words.split(", and |, | and ")).map(Words::share).toList();
        if (shares.size() > MOST_STEPS) {
            throw new OutOfRange(words, "1 to " + MOST_STEPS + " steps");
        }
        return shares;
    }

    @Spelled(meaning = "After a step, a canary waits until a person promotes it, or for a time.",
            range = "100 ms to 10 minutes, in whole seconds",
            as = {"until promoted", "until it is promoted", "until a person promotes it", "for 5 seconds",
            "for 1 minute"})
    @ParameterType("until (?:it is )?promoted|until a person promotes it|for \\d+(?:\\.\\d+)? ?(?:ms|s|m|secs?|(?:milli)?seconds?|min(?:ute)?s?)")
    public CanaryPlan.Pause pause(String words) {
        return new CanaryPlan.Pause(words.startsWith("for ")
                ? Optional.of(seconds(words.substring("for ".length()))) : Optional.empty());
    }

    @Spelled(meaning = "How a share is judged: the number of requests, and the tolerance. `1 in 1000 right ones"
            + " refused` takes chance into account, and is better; `within 5 points` is for those who need a fixed"
            + " limit. With 0% and 100%, every single request must be right.",
            range = "100 to 100000 requests; 1 in 20 to 1 in 1000000000; within 1 to 50 points, and enough requests"
                    + " for them",
            as = {"2000 requests, 1 in 1000 right ones refused", "2000 requests", "2,000 requests, within 5 points",
                "2000 requests, within 5 percentage points"})
    @ParameterType("\\d[\\d,]* requests?(?:, 1 in \\d[\\d,]* right (?:ones|shares) refused|,? within \\d[\\d,]* (?:percentage )?points?)?")
    public ShareTolerance judgement(String words) {
        Matcher odds = Pattern.compile("1 in (" + NUMBER + ")").matcher(words);
        Matcher points = Pattern.compile("within (" + NUMBER + ")").matcher(words);
        int requests = whole(words.replaceAll("requests?.*", "requests"), ShareTolerance.FEWEST, MOST_REQUESTS);
        if (points.find()) {
            int within = whole(points.group(1) + " points", 1, MOST_POINTS);
            int enough = ShareTolerance.enough(within);
            if (requests < enough) {
                throw new OutOfRange(words, "so few requests scatter by more than that, and a right share would be red;"
                        + " " + enough + " requests or more tell a share within " + within
                        + (within == 1 ? " point" : " points"));
            }
            return new ShareTolerance(requests, OptionalDouble.empty(), OptionalInt.of(within));
        }
        return new ShareTolerance(requests, odds.find()
                ? OptionalDouble.of(1.0 / whole(odds.group(1), LEAST_ODDS, MOST_ODDS))
                : OptionalDouble.empty(), OptionalInt.empty());
    }

    /** Reads a table of the canary's steps: a share, and the action after it. */
    @DataTableType
    public CanaryPlan plan(DataTable table) {
        CanaryPlan plan = CanaryPlan.EMPTY;
        for (Map<String, String> row : table.entries()) {
            if (!row.keySet().equals(Set.of("share", "then"))) {
                throw new OutOfRange(String.join(" | ", row.keySet()), "the columns are \"share\" and \"then\"");
            }
            plan = plan.weight(share(String.valueOf(row.get("share"))));
            for (String then : String.valueOf(row.get("then")).split(", (?:then )?")) {
                if (then.equals("analysis")) {
                    plan = plan.analysis();
                } else if (then.matches(BY_A_PERSON + "|for " + DURATION)) {
                    plan = plan.pause(pause(then));
                } else {
                    throw new OutOfRange(then, "write \"until promoted\", \"for 5 seconds\" or \"analysis\", or several"
                            + " with commas");
                }
            }
        }
        return plan;
    }

    /** Reads seconds: Argo Rollouts counts a pause and a delay in whole seconds. */
    static Duration seconds(String words) {
        Duration duration = new Words().duration(words);
        if (duration.toMillis() % 1000 != 0) {
            throw new OutOfRange(words, "whole seconds: 1 second to 10 minutes");
        }
        return duration;
    }

    private static int share(String words) {
        if (!words.matches(SHARE)) {
            throw new OutOfRange(words, "write a share such as 20%");
        }
        return whole(words, 0, 100, "0% to 100%");
    }

    private static int whole(String words, int least, int most) {
        return Amount.whole(words, least, most);
    }

    private static int whole(String words, int least, int most, String possible) {
        try {
            return Amount.whole(words, least, most);
        } catch (OutOfRange unlikely) {
            throw new OutOfRange(words, possible);
        }
    }
}
