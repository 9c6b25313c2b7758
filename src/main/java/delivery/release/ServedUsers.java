package delivery.release;

import delivery.route.RouteFindings;
import delivery.traffic.Sample;
import delivery.traffic.ServedOnlyBy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The answers that users got when all of them should have had one version: from the API, from the page, and the targets
 * of the routes.
 *
 * @param entrance where they sent their requests: "the gateway"
 * @param pages    the requests for the page; empty if it does not show its version
 * @param noPage   the reason why it does not; empty if it does
 * @param cookies  the cookies that these users had, each with its origin; empty if they had none
 */
public record ServedUsers(String entrance, Version version, Set<String> pods, RouteFindings routes, Sample api,
        Optional<Sample> pages, Optional<String> noPage, List<String> cookies) {

    /** The problems, with the routes first because they cause the rest; empty if there is none. */
    public Optional<String> complaint() {
        List<String> served = Stream.of(new ServedOnlyBy(entrance, version.answers(), pods).complaint(api),
                pages.flatMap(new ServedOnlyBy(entrance + " for the page /", version.answers(), Set.of())::complaint))
                .flatMap(Optional::stream).toList();
        return routes.and(served.isEmpty() ? Optional.empty() : Optional.of(String.join(". ", served)));
    }

    /** A sentence about what was seen, if nothing is wrong. */
    public String sentence() {
        return api.size() + " of " + api.size() + " requests to " + entrance
                + pages.map(asked -> " and " + asked.size() + " of " + asked.size() + " for the page").orElse("")
                + " were answered by version " + version.answers()
                + (cookies.isEmpty() ? "" : ", to users who kept the cookies " + String.join(", ", cookies))
                + noPage.map(why -> "; the page / was not judged: " + why).orElse("");
    }
}
