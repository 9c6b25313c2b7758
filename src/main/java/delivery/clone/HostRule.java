package delivery.clone;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * A rule of a route, with the hosts whose requests it takes.
 *
 * @param names  the hosts that it names; one may begin with a wildcard
 * @param serves whether it may take requests for a host
 */
record HostRule(List<String> names, Predicate<String> serves) {

    /** A host without requests at any gateway; a rule that serves it serves every host. */
    private static final String NOBODY = "nobody.invalid";

    /** A rule that takes every request at the gateway. */
    static final HostRule EVERY_HOST = new HostRule(List.of(), host -> true);

    /** @param name a host, {@code *.domain} or {@code *} */
    static HostRule named(String name) {
        return name.isBlank() ? EVERY_HOST : new HostRule(List.of(name), host -> fits(name, host));
    }

    boolean servesEveryHost() {
        return serves.test(NOBODY);
    }

    /** Whether a host has this name, or matches it if it is a wildcard. */
    static boolean fits(String name, String host) {
        String pattern = name.toLowerCase(Locale.ROOT);
        String asked = host.toLowerCase(Locale.ROOT);
        return pattern.equals("*") || pattern.equals(asked)
                || pattern.startsWith("*.") && asked.endsWith(pattern.substring(1));
    }
}
