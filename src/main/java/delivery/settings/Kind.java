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

/**
 * What a setting's text means. Reading refuses with an {@link IllegalArgumentException} whose message says what is
 * wrong and what to write instead; it never repeats the text, which may be a secret.
 */
final class Kind {

    /** RFC 1123, which Kubernetes takes for the names of its objects. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern URL_PATH = Pattern.compile("/(?:[\\w.~!$&'()*+,;=:@/-]|%\\p{XDigit}{2})*");
    /** RFC 9110, 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[\\w!#$%&'*+.^`|~-]+");
    /** Names, indexes in brackets, and a backslash before a dot that is part of a name. */
    private static final Pattern VALUE_PATH =
            Pattern.compile("(?:\\\\.|[^.\\[\\]\\\\\\s])+(?:\\[\\d{1,6}]|\\.(?:\\\\.|[^.\\[\\]\\\\\\s])+)*");
    /** A scenario's name of up to 63 characters and a dot come before it: 253 in all. */
    private static final int LONGEST_DOMAIN = 253 - 64;

    private static final Kind SECRET = new Kind("secret", text -> {
        // It goes into an HTTP header, which cannot carry anything else.
        if (!text.chars().allMatch(character -> character > ' ' && character < 0x7f)) {
            throw new IllegalArgumentException(
                    "holds a blank, a line break or a character beyond ASCII; copy it again without them");
        }
        return new Secret(text);
    });

    private final String form;
    private final Function<String, Object> reader;

    private Kind(String form, Function<String, Object> reader) {
        this.form = form;
        this.reader = reader;
    }

    /** For a person: "file", "100 to 100000". */
    String form() {
        return form;
    }

    Object read(String text) {
        return reader.apply(text);
    }

    static Kind text() {
        return new Kind("text", text -> text);
    }

    static Kind secret() {
        return SECRET;
    }

    static Kind name() {
        return new Kind("name of a Kubernetes object", text -> matching(NAME, text,
                "is not a name of a Kubernetes object; use lower-case letters, digits and inner hyphens, 63 at most"));
    }

    /** A name in a namespace. */
    static Kind objectName() {
        return new Kind("namespace/name", text -> {
            String[] parts = text.split("/", -1);
            if (parts.length != 2 || !NAME.matcher(parts[0]).matches() || !NAME.matcher(parts[1]).matches()) {
                throw new IllegalArgumentException("is not a name in a namespace; write one such as argocd/journal");
            }
            return text;
        });
    }

    /** One of these words. */
    static Kind choice(String... words) {
        String all = String.join(" or ", words);
        return new Kind(all, text -> {
            if (!List.of(words).contains(text)) {
                throw new IllegalArgumentException("is not " + all + "; write one of them");
            }
            return text;
        });
    }

    static Kind domain() {
        return new Kind("domain", text -> {
            boolean labels = true;
            for (String label : text.split("\\.", -1)) {
                labels &= NAME.matcher(label).matches();
            }
            if (!labels || text.length() > LONGEST_DOMAIN) {
                throw new IllegalArgumentException("is not a domain in lower case; write one such as sample-api.test");
            }
            return text;
        });
    }

    /** A path in a chart's values, as {@code helm --set} has it. */
    static Kind valuePath() {
        return new Kind("path in the values", text -> {
            if (!VALUE_PATH.matcher(text).matches()) {
                throw new IllegalArgumentException("is not a path in a chart's values; write one such as"
                        + " image.tag or ingress.hosts[0].host");
            }
            return text;
        });
    }

    static Kind file() {
        return new Kind("file", text -> {
            Path path = path(text);
            if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
                throw new IllegalArgumentException("is not a file that can be read; give the path of one file");
            }
            return path;
        });
    }

    static Kind folder() {
        return new Kind("folder", text -> {
            Path path = path(text);
            if (!Files.isDirectory(path)) {
                throw new IllegalArgumentException("is not a folder; give the path of one that exists");
            }
            return path;
        });
    }

    static Kind folderToBe() {
        return new Kind("folder, made if need be", text -> {
            Path path = path(text);
            if (Files.exists(path) && !Files.isDirectory(path)) {
                throw new IllegalArgumentException("is not a folder; give the path of one, which need not exist yet");
            }
            return path;
        });
    }

    static Kind folderInImage() {
        return new Kind("absolute path in the image", text -> {
            if (!text.startsWith("/") || !URI.create("/").resolve(pathOnly(text)).getPath().equals(text)) {
                throw new IllegalArgumentException("is not a plain absolute path; write one such as /app");
            }
            return text;
        });
    }

    /** An http or https address, whose scheme must be written. */
    static Kind url() {
        return new Kind("URL", WebAddress::parse);
    }

    /** An http or https address; without a scheme it is https. */
    static Kind urlOrHost() {
        return new Kind("URL or host[:port] (https)",
                text -> WebAddress.parse(text.contains("://") ? text : "https://" + text));
    }

    static Kind flag() {
        return new Kind("true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes" -> Boolean.TRUE;
            case "false", "0", "no" -> Boolean.FALSE;
            default -> throw new IllegalArgumentException("is neither true nor false; write one of them");
        });
    }

    /** A path of a URL, as it is sent. */
    static Kind urlPath() {
        return new Kind("path of a URL", text -> {
            if (!URL_PATH.matcher(text).matches()) {
                throw new IllegalArgumentException("is not a path of a URL; write one such as /api/version, with no"
                        + " query and what is not ASCII as %…");
            }
            return text;
        });
    }

    static Kind pointer() {
        return new Kind("JSON pointer", text -> {
            try {
                return Place.Pointer.of(text);
            } catch (IllegalArgumentException invalid) {
                throw new IllegalArgumentException("is not a JSON pointer; write one such as /version", invalid);
            }
        });
    }

    static Kind header() {
        return new Kind("name of a header", text -> new Place.Header(
                matching(TOKEN, text, "is not the name of a header; write one such as X-Version")));
    }

    /** A regular expression with one group: what the group matches counts. */
    static Kind group() {
        return new Kind("regular expression with one group", text -> {
            try {
                Pattern pattern = Pattern.compile(text);
                if (pattern.matcher("").groupCount() == 1) {
                    return new Place.Text(pattern);
                }
            } catch (PatternSyntaxException invalid) {
                throw new IllegalArgumentException("is not a regular expression: " + invalid.getDescription()
                        + "; write one such as version=(\\S+)", invalid);
            }
            throw new IllegalArgumentException("does not have one group, and what the group matches is what counts;"
                    + " write one such as version=(\\S+), with (?:…) for other groups");
        });
    }

    static Kind version() {
        return new Kind("TAG or TAG=ANSWER", NamedVersion::parse);
    }

    static Kind versions() {
        return new Kind("TAG or TAG=ANSWER, several with commas", NamedVersion::list);
    }

    static Kind line() {
        return new Kind("FILE:EXPRESSION with one group", VersionLine::parse);
    }

    static Kind objects() {
        return new Kind("secret/NAME or configmap/NAME, several with commas", NamespacedObject::list);
    }

    static Kind strategies() {
        return new Kind("blue-green, canary, or both", Strategies::parse);
    }

    static Kind count(int least, int most) {
        String range = least + " to " + most;
        return new Kind(range, text -> {
            BigDecimal number = number(text, "whole number from " + range);
            if (number.stripTrailingZeros().scale() > 0 || outside(number, least, most)) {
                throw new IllegalArgumentException("is not a whole number from " + range + "; write one");
            }
            return number.intValueExact();
        });
    }

    static Kind decimal(String least, String most) {
        String range = least + " to " + most;
        return new Kind(range, text -> {
            BigDecimal number = number(text, "number from " + range);
            if (number.compareTo(new BigDecimal(least)) < 0 || number.compareTo(new BigDecimal(most)) > 0) {
                throw new IllegalArgumentException("is not a number from " + range + "; write one");
            }
            return number.doubleValue();
        });
    }

    private static boolean outside(BigDecimal number, int least, int most) {
        return number.compareTo(BigDecimal.valueOf(least)) < 0 || number.compareTo(BigDecimal.valueOf(most)) > 0;
    }

    private static BigDecimal number(String text, String wanted) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("is not a " + wanted + "; write one", notANumber);
        }
    }

    private static String matching(Pattern pattern, String text, String otherwise) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(otherwise);
        }
        return text;
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
}
