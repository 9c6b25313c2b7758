package delivery.layout;

import delivery.traffic.AnswerSearch;
import delivery.traffic.TagRelation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds the place where the live release's answers show its version.
 *
 * @param exposure how users reach the release
 * @param tag      the tag that the answers should show
 */
record AnswerSurvey(Exposure exposure, String tag) {

    /** Bad Gateway and Service Unavailable. */
    private static final Set<Integer> NO_BACKEND = Set.of(502, 503);

    /** Unauthorized and Forbidden. */
    private static final Set<Integer> REFUSED = Set.of(401, 403);

    /** @param pages the requested pages; empty if nobody could be asked, because the settings name no gateway */
    Finding of(List<AnswerSearch.Asked> pages) {
        if (pages.isEmpty()) {
            return Finding.missing(Item.GATEWAY, "users ask for " + exposure.host().orElse("the release") + " there");
        }
        Optional<Finding> unserved = exposure.isRouted() ? unserved(pages) : unservedByService(pages);
        if (unserved.isPresent()) {
            return unserved.get();
        }
        Optional<AnswerSearch.Asked> match = pages.stream().filter(page -> !page.found().isEmpty()).findFirst();
        if (match.isPresent()) {
            String path = "GET " + match.get().path();
            return match.get().clear().map(one -> Finding.found(Item.VERSION, path + ", " + one.answer().version(),
                            "it says " + one.said() + ", which is " + one.relation().words("the live tag"
                                    + (one.relation().equals(TagRelation.EQUAL) ? "" : " " + tag))))
                    .orElseGet(() -> Finding.missing(Item.VERSION, path + " has several texts that may be it: "
                            + match.get().words()));
        }
        return Finding.missing(Item.VERSION, "no answer of the live release holds its tag " + tag + ": "
                + seen(pages) + near(pages));
    }

    /** Texts with the number of the tag and something else, which a regular expression can leave out. */
    private static String near(List<AnswerSearch.Asked> pages) {
        return pages.stream().flatMap(page -> page.near().stream().map(words -> "; GET " + page.path() + ", " + words
                + ", of which VERSION_PATTERN can take what is the tag")).findFirst().orElse("");
    }

    /** The reason why no page can show the version; empty if some page gives another answer. */
    private static Optional<Finding> unserved(List<AnswerSearch.Asked> pages) {
        List<Integer> statuses = pages.stream().map(page -> page.answer().status()).distinct().toList();
        if (statuses.equals(List.of(0))) {
            String why = pages.stream().map(AnswerSurvey::outcome).distinct().collect(Collectors.joining("; "));
            return Optional.of(Finding.fault(Item.GATEWAY, "does not answer", why + (why.startsWith("TLS: ")
                    ? "; set GATEWAY_CA to a PEM file of the authority that signed its certificate, if that is why"
                    : "; see whether it runs, and set GATEWAY to where users reach it")));
        }
        if (!statuses.isEmpty() && statuses.stream().allMatch(status -> status >= 300 && status < 400)) {
            return Optional.of(Finding.fault(Item.GATEWAY, "sends users elsewhere", seen(pages) + "; set GATEWAY to"
                    + " where the live host is served, such as https:// instead of http://"));
        }
        if (!statuses.isEmpty() && REFUSED.containsAll(statuses)) {
            return Optional.of(Finding.fault(Item.VERSION, "none", "the gateway lets nobody in without a login, or not"
                    + " from here: " + seen(pages) + "; give the release a route without that, by a value that the"
                    + " Application sets"));
        }
        return statuses.size() == 1 && NO_BACKEND.containsAll(statuses)
                ? Optional.of(Finding.fault(Item.VERSION, "none", "the gateway answers HTTP " + statuses.get(0) + " at"
                        + " every path: the live release has no ready pod behind its route; see its pods and its"
                        + " Services' selectors"))
                : Optional.empty();
    }

    /** The same reason for a Service, in front of which nothing could refuse users or redirect them. */
    private Optional<Finding> unservedByService(List<AnswerSearch.Asked> pages) {
        boolean served = pages.stream().map(page -> page.answer().status())
                .anyMatch(status -> status != 0 && !NO_BACKEND.contains(status));
        return served ? Optional.empty() : Optional.of(Finding.fault(Item.VERSION, "none", exposure
                + " answers nobody: " + seen(pages) + "; see whether it has a ready pod, by its selector, and a port"
                + " that speaks HTTP, and whether a firewall or a NetworkPolicy lets the API server reach pods"));
    }

    /** Each outcome, and the paths that had it. */
    private static String seen(List<AnswerSearch.Asked> pages) {
        return pages.stream().collect(Collectors.groupingBy(AnswerSurvey::outcome, TreeMap::new,
                        Collectors.mapping(AnswerSearch.Asked::path, Collectors.joining(", ")))).entrySet().stream()
                .map(one -> one.getKey() + " at " + one.getValue()).collect(Collectors.joining("; "));
    }

    private static String outcome(AnswerSearch.Asked page) {
        return page.answer().status() == 0 ? page.answer().failure().orElse("") : "HTTP " + page.answer().status();
    }
}
