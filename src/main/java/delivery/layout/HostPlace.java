package delivery.layout;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in the values that holds hosts of the live release; the first is the one that users request. */
public record HostPlace(String path, String text, List<String> hosts, Part part) {

    /**
     * The part of a host that a value holds, if the chart joins two: {@code {{ .Values.name }}.{{ .Values.domain }}}.
     */
    enum Part { WHOLE, BEFORE_DOT, AFTER_DOT }

    /** A place of whole hosts. */
    public HostPlace(String path, String text, List<String> hosts) {
        this(path, text, hosts, Part.WHOLE);
    }

    public HostPlace {
        hosts = List.copyOf(hosts);
    }

    /** The value for a release that is served under another host. Further hosts become subdomains of it. */
    public String text(String host) {
        if (part != Part.WHOLE) {
            int dot = host.indexOf('.');
            return part == Part.BEFORE_DOT ? host.substring(0, dot) : host.substring(dot + 1);
        }
        if (hosts.isEmpty() || text.isEmpty()) {
            return host;
        }
        String changed = text;
        for (int number = 0; number < hosts.size(); number++) {
            String own = number == 0 ? host : "also-" + number + "-" + host;
            changed = named(hosts.get(number)).matcher(changed).replaceAll(Matcher.quoteReplacement(own));
        }
        return changed;
    }

    /** A pattern that finds a host in a text, but not one that only begins or ends like it. */
    static Pattern named(String host) {
        return Pattern.compile("(?i)(?<![\\w.-])" + Pattern.quote(host) + "(?![\\w-]|\\.\\w)");
    }
}
