package delivery.clone;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * A rule of a route, by the hosts whose requests it takes.
 *
 * @param names  hosts that it names; one may begin with a wildcard
 * @param serves whether requests for a host may be its own
 */
record HostRule(List<String> names, Predicate<String> serves) {

    /** No gateway has a request for it; a rule that serves it serves every host. */
    private static final String NOBODY = "nobody.invalid";

    /** Takes every request that the gateway has. */
    static final HostRule EVERY_HOST = new HostRule(List.of(), host -> true);

    /** @param name of a host, {@code *.domain} or {@code *} */
    static HostRule named(String name) {
        return name.isBlank() ? EVERY_HOST : new HostRule(List.of(name), host -> fits(name, host));
    }

    boolean servesEveryHost() {
        return serves.test(NOBODY);
    }

    /** Whether a host is the one that is named, or falls under the wildcard. */
    static boolean fits(String name, String host) {
        String pattern = name.toLowerCase(Locale.ROOT);
        String asked = host.toLowerCase(Locale.ROOT);
        return pattern.equals("*") || pattern.equals(asked)
                || pattern.startsWith("*.") && asked.endsWith(pattern.substring(1));
    }
}
