package delivery.settings;

import delivery.rollout.NamespacedObject;
import delivery.rollout.Strategies;
import delivery.traffic.Place;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The form of a setting's text. Reading throws an {@link IllegalArgumentException} that says what is wrong and what to
 * write instead; it never repeats the text, which may be a secret.
 *
 * @param form for a person: "file", "100 to 100000"
 */
record Kind(String form, Function<String, Object> reader) {

    /** A label of RFC 1123, the form of Kubernetes' names. */
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern PATH = Pattern.compile("/(?:[\\w.~!$&'()*+,;=:@/-]|%\\p{XDigit}{2})*");
    /** RFC 9110, 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[\\w!#$%&'*+.^`|~-]+");
    /** Names, indexes in brackets, and a backslash before a dot that is part of a name. */
    private static final Pattern INTO_VALUES =
            Pattern.compile("(?:\\\\.|[^.\\[\\]\\\\\\s])+(?:\\[\\d{1,6}]|\\.(?:\\\\.|[^.\\[\\]\\\\\\s])+)*");
    /** A scenario's name of up to 63 characters and a dot are put before it: 253 in all. */
    private static final int LONGEST_DOMAIN = 253 - 64;

    static final Kind TEXT = new Kind("text", text -> text);
    /** A command for a shell. */
    static final Kind COMMAND = new Kind("command", ShellCommand::read);
    /** The value is sent in an HTTP header, which cannot contain other characters. */
    static final Kind SECRET = new Kind("secret", text -> new Secret(fitting(
            text.chars().allMatch(character -> character > ' ' && character < 0x7f), text,
            "holds a blank, a line break or a character beyond ASCII; copy it again without them")));
    static final Kind NAME = new Kind("name of a Kubernetes object", text -> matching(LABEL, text,
            "is not a name of a Kubernetes object; use lower-case letters, digits and inner hyphens, 63 at most"));
    /** A name in a namespace. */
    static final Kind OBJECT_NAME = new Kind("namespace/name", text -> {
        String[] parts = text.split("/", -1);
        return fitting(parts.length == 2 && Stream.of(parts).allMatch(part -> LABEL.matcher(part).matches()), text,
                "is not a name in a namespace; write one such as argocd/journal");
    });
    static final Kind DOMAIN = new Kind("domain", text -> fitting(text.length() <= LONGEST_DOMAIN
                    && Stream.of(text.split("\\.", -1)).allMatch(label -> LABEL.matcher(label).matches()), text,
            "is not a domain in lower case; write one such as sample-api.test"));
    /** A path in a chart's values, as in {@code helm --set}. */
    static final Kind VALUE_PATH = new Kind("path in the values", text -> matching(INTO_VALUES, text,
            "is not a path in a chart's values; write one such as image.tag or ingress.hosts[0].host"));
    static final Kind FILE = new Kind("file", text -> fitting(Files.isRegularFile(path(text))
            && Files.isReadable(path(text)), path(text), "is not a file that can be read; give the path of one file"));
    static final Kind FOLDER = new Kind("folder", text -> fitting(Files.isDirectory(path(text)), path(text),
            "is not a folder; give the path of one that exists"));
    static final Kind FOLDER_TO_BE = new Kind("folder, made if need be", text -> fitting(!Files.exists(path(text))
                    || Files.isDirectory(path(text)), path(text),
            "is not a folder; give the path of one, which need not exist yet"));
    static final Kind FOLDER_IN_IMAGE = new Kind("absolute path in the image", text -> fitting(text.startsWith("/")
                    && URI.create("/").resolve(pathOnly(text)).getPath().equals(text), text,
            "is not a plain absolute path; write one such as /app"));
    /** An http or https address, with its scheme. */
    static final Kind URL = new Kind("URL", Kind::address);
    /** An http or https address; the default scheme is https. */
    static final Kind URL_OR_HOST = new Kind("URL or host[:port] (https)", text ->
            address(text.contains("://") ? text : "https://" + text));
    static final Kind FLAG = new Kind("true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
        case "true", "1", "yes" -> Boolean.TRUE;
        case "false", "0", "no" -> Boolean.FALSE;
        default -> throw new IllegalArgumentException("is neither true nor false; write one of them");
    });
    /** A path of a URL, in the form in which it is sent. */
    static final Kind URL_PATH = new Kind("path of a URL", text -> matching(PATH, text,
            "is not a path of a URL; write one such as /api/version, with no query and what is not ASCII as %…"));
    static final Kind POINTER = new Kind("JSON pointer", text -> {
        try {
            return Place.Pointer.of(text).orNumber();
        } catch (IllegalArgumentException invalid) {
            throw new IllegalArgumentException("is not a JSON pointer; write one such as /version", invalid);
        }
    });
    static final Kind HEADER = new Kind("name of a header", text -> new Place.Header(
            matching(TOKEN, text, "is not the name of a header; write one such as X-Version")));
    /** A regular expression with one group, which matches the value. */
    static final Kind GROUP = new Kind("regular expression with one group", text -> {
        try {
            Pattern pattern = Pattern.compile(text);
            return new Place.Text(fitting(pattern.matcher("").groupCount() == 1, pattern, "does not have one group, and"
                    + " what the group matches is what counts; write one such as version=(\\S+), with (?:…) for other"
                    + " groups"));
        } catch (PatternSyntaxException invalid) {
            throw new IllegalArgumentException("is not a regular expression: " + invalid.getDescription()
                    + "; write one such as version=(\\S+)", invalid);
        }
    });
    static final Kind VERSION = new Kind("TAG or TAG=ANSWER", NamedVersion::parse);
    static final Kind VERSIONS = new Kind("TAG or TAG=ANSWER, several with commas", NamedVersion::list);
    static final Kind LINE = new Kind("FILE:EXPRESSION with one group", VersionLine::parse);
    static final Kind OBJECTS = new Kind("secret/NAME or configmap/NAME, several with commas", NamespacedObject::list);
    static final Kind STRATEGIES = new Kind("blue-green, canary, or both", Strategies::parse);
    /** The values' words for the strategies: a text such as {@code blue-green=bg,canary=canary}. */
    static final Kind STRATEGY_WORDS = new Kind("blue-green=WORD,canary=WORD, or one of them", Kind::words);

    Object read(String text) {
        return reader.apply(text);
    }

    /** Returns the kind of a setting that is one of these words. */
    static Kind choice(String... words) {
        String all = String.join(" or ", words);
        return new Kind(all, text -> fitting(List.of(words).contains(text), text,
                "is not " + all + "; write one of them"));
    }

    static Kind count(int least, int most) {
        String range = least + " to " + most;
        return new Kind(range, text -> {
            BigDecimal number = number(text, "whole number from " + range);
            return fitting(number.stripTrailingZeros().scale() <= 0 && isWithin(number, BigDecimal.valueOf(least),
                    BigDecimal.valueOf(most)), number, "is not a whole number from " + range + "; write one")
                    .intValueExact();
        });
    }

    static Kind decimal(String least, String most) {
        String range = least + " to " + most;
        return new Kind(range, text -> {
            BigDecimal number = number(text, "number from " + range);
            return fitting(isWithin(number, new BigDecimal(least), new BigDecimal(most)), number,
                    "is not a number from " + range + "; write one").doubleValue();
        });
    }

    private static String words(String text) {
        return Stream.of(text.split(",", -1)).map(pair -> pair.split("=", 2)).map(pair -> Strategies.named(
                        pair[0].strip()).filter(known -> pair.length == 2 && !pair[1].isBlank())
                .map(strategy -> strategy + "=" + pair[1].strip()).orElseThrow(() -> new IllegalArgumentException(
                        "does not say how a strategy is spelt; write one such as blue-green=blueGreen,canary=canary")))
                .collect(Collectors.joining(","));
    }

    private static boolean isWithin(BigDecimal number, BigDecimal least, BigDecimal most) {
        return number.compareTo(least) >= 0 && number.compareTo(most) <= 0;
    }

    private static BigDecimal number(String text, String wanted) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("is not a " + wanted + "; write one", notANumber);
        }
    }

    private static String matching(Pattern pattern, String text, String problem) {
        return fitting(pattern.matcher(text).matches(), text, problem);
    }

    private static <T> T fitting(boolean fits, T value, String problem) {
        if (!fits) {
            throw new IllegalArgumentException(problem);
        }
        return value;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException invalid) {
            throw new IllegalArgumentException("is not a path; give the path of one that exists", invalid);
        }
    }

    private static URI pathOnly(String text) {
        try {
            return new URI(null, null, text, null).normalize();
        } catch (URISyntaxException invalid) {
            throw new IllegalArgumentException("is not a plain absolute path; write one such as /app", invalid);
        }
    }

    private static URI address(String text) {
        URI uri;
        try {
            uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text).parseServerAuthority();
        } catch (URISyntaxException invalid) {
            // Without the exception as the cause: its message repeats the text, which may contain a password.
            throw new IllegalArgumentException("is not an address; write one such as https://host:port");
        }
        fitting(("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null, uri,
                "has no http:// or https:// and host; write one such as https://host:port");
        fitting(uri.getUserInfo() == null, uri,
                "carries a user; give it in the settings for user and password instead");
        fitting(uri.getQuery() == null && uri.getFragment() == null, uri,
                "carries a query or a fragment; leave it out");
        return fitting(uri.getPort() != 0 && uri.getPort() <= 65535, uri,
                "has a port that does not exist; write 1 to 65535");
    }
}
