package delivery.clone;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The rule of a Traefik route: {@code Host(`shop.test`) && PathPrefix(`/api`)}. Only matchers of the host are
 * evaluated; any other may be true or false. A rule that cannot be parsed may serve every host.
 */
final class TraefikRule {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(&&|\\|\\||!|\\(|\\))|([A-Za-z]+)\\s*\\(((?:\\s*(?:`[^`]*`|\"(?:\\\\.|[^\"\\\\])*\")\\s*,?)*)\\))");
    private static final Pattern TEXT = Pattern.compile("`([^`]*)`|\"((?:\\\\.|[^\"\\\\])*)\"");

    /** Whether the rule, or a part of it, can be true and can be false for a host. */
    private record Possible(boolean yes, boolean no) {

        static final Possible EITHER = new Possible(true, true);

        Possible not() {
            return new Possible(no, yes);
        }
    }

    private final String text;
    private final Matcher tokens;
    private final List<String> names = new ArrayList<>();
    private String host = "";
    private boolean there;

    private TraefikRule(String text) {
        this.text = text;
        this.tokens = TOKEN.matcher(text);
    }

    static HostRule of(String text) {
        TraefikRule reader = new TraefikRule(text);
        reader.possible("");
        return new HostRule(List.copyOf(reader.names), host -> new TraefikRule(text).possible(host).yes());
    }

    private Possible possible(String asked) {
        host = asked.toLowerCase(Locale.ROOT);
        try {
            next();
            Possible whole = either();
            return there ? Possible.EITHER : whole;
        } catch (IllegalArgumentException unreadable) {
            return Possible.EITHER;
        }
    }

    private void next() {
        int from = there ? tokens.end() : 0;
        boolean more = !text.substring(from).isBlank();
        there = more && tokens.find(from) && tokens.start() == from;
        if (more && !there) {
            throw new IllegalArgumentException(text);
        }
    }

    private Possible either() {
        Possible left = both();
        while (there && "||".equals(tokens.group(1))) {
            next();
            Possible right = both();
            left = new Possible(left.yes || right.yes, left.no && right.no);
        }
        return left;
    }

    private Possible both() {
        Possible left = one();
        while (there && "&&".equals(tokens.group(1))) {
            next();
            Possible right = one();
            left = new Possible(left.yes && right.yes, left.no || right.no);
        }
        return left;
    }

    private Possible one() {
        if (!there) {
            throw new IllegalArgumentException(text);
        }
        String sign = tokens.group(1);
        if ("!".equals(sign)) {
            next();
            return one().not();
        }
        if ("(".equals(sign)) {
            next();
            Possible inner = either();
            if (!there || !")".equals(tokens.group(1))) {
                throw new IllegalArgumentException(text);
            }
            next();
            return inner;
        }
        if (sign != null) {
            throw new IllegalArgumentException(text);
        }
        Possible matched = matcher(tokens.group(2), texts(tokens.group(3)));
        next();
        return matched;
    }

    private Possible matcher(String name, List<String> arguments) {
        Predicate<String> serves = switch (name.toLowerCase(Locale.ROOT)) {
            case "host", "hostheader", "hostsni" -> {
                names.addAll(arguments);
                yield argument -> HostRule.fits(argument, host);
            }
            case "hostregexp", "hostsniregexp" -> this::fitsExpression;
            default -> null;
        };
        if (serves == null || arguments.isEmpty()) {
            return Possible.EITHER;
        }
        boolean served = arguments.stream().anyMatch(serves);
        return new Possible(served, !served);
    }

    /** Whether the host may match: Traefik 2's templates, {@code {name:[a-z]+}.test}, may match any host. */
    private boolean fitsExpression(String expression) {
        try {
            return expression.matches(".*\\{[A-Za-z_]\\w*(:.*)?}.*")
                    || Pattern.compile(expression, Pattern.CASE_INSENSITIVE)
                    .matcher(host).find();
        } catch (PatternSyntaxException unreadable) {
            return true;
        }
    }

    private static List<String> texts(String arguments) {
        return TEXT.matcher(arguments).results()
                .map(text -> text.group(1) != null ? text.group(1) : text.group(2)).toList();
    }
}
