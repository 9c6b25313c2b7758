package delivery.environment;

import delivery.argocd.Application;
import delivery.clone.RoutePaths;
import delivery.failure.EnvironmentNotFit;
import delivery.failure.UnknownVersion;
import delivery.failure.UnsafeChange;
import delivery.kubernetes.ServiceProbe;
import delivery.traffic.Answer;
import delivery.traffic.AnswerSearch;
import delivery.traffic.Endpoint;
import delivery.traffic.TagRelation;
import delivery.traffic.VersionAnswer;
import delivery.traffic.VersionReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Asks the live release for its version, to learn the place of the version in its answers, and the relation of its tag
 * to its answer.
 */
final class VersionLookup {

    private static final String ADVICE = "Set VERSION_PATH, and VERSION_POINTER, VERSION_HEADER or VERSION_PATTERN, to"
            + " where an answer names what the tag of the image says";

    private final Optional<VersionAnswer> given;
    private final String tag;
    private final Function<Endpoint, Answer> live;
    private final List<String> prefixes;
    private final String way;
    private final List<String> asked = new ArrayList<>();
    private final List<String> near = new ArrayList<>();

    /**
     * @param given    the place of the version by the settings; empty if they name none
     * @param prefixes the prefixes of the paths that routes lead to the release; empty if they lead all paths
     * @param way      the way by which users come: "the gateway"
     */
    VersionLookup(Optional<VersionAnswer> given, String tag, List<String> prefixes, String way,
            Function<Endpoint, Answer> live) {
        this.prefixes = prefixes;
        this.way = way;
        this.given = given;
        this.tag = tag;
        this.live = live;
    }

    /** The blueprint of the live release, which is asked for its version as users do, or else through its Services. */
    static Blueprint blueprint(Platform platform, Application application, DeliverySurvey survey) {
        if (platform.settings().inPlace()) {
            List<String> refusals = survey.layout().refusalsInPlace(platform.settings().pausesSync());
            if (!refusals.isEmpty()) {
                throw new UnsafeChange(application.name(), String.join("; ", refusals));
            }
        }
        Blueprint pattern = Blueprint.of(application, survey, platform.settings().strategies(),
                platform.settings().inPlace());
        VersionReading reading = new VersionLookup(platform.settings().versionAnswer(), pattern.image().tag(),
                survey.prefixes(), pattern.exposure().toString(), endpoint -> asked(platform, pattern, endpoint))
                .find();
        return pattern.withVersion(inside(reading, survey.prefixes(), endpoint -> served(platform, pattern, endpoint)));
    }

    /**
     * Finds the path at which Services are asked, because a gateway may strip the prefix of its route.
     *
     * @param services asks one of the release's Services; empty if none may be asked
     */
    static VersionReading inside(VersionReading reading, List<String> prefixes,
            Function<Endpoint, Optional<Answer>> services) {
        String path = reading.endpoint().path();
        Optional<VersionReading> without = RoutePaths.prefix(prefixes, path).map(prefix ->
                reading.inside(path.equals(prefix) ? "/" : path.substring(prefix.length())));
        return without.filter(shorter -> !services.apply(reading.endpoint()).map(Answer::served).orElse(true)
                && services.apply(shorter.inside()).map(Answer::served).orElse(false)).orElse(reading);
    }

    /**
     * Finds the version's place. A release that does not answer at all is left to the criteria, which report that.
     *
     * @throws UnknownVersion if it answers, and its version cannot be recognized in its answers
     */
    VersionReading find() {
        if (given.isPresent()) {
            return givenPlace(given.get());
        }
        Optional<String> usual = prefixes.isEmpty() ? ask(Endpoint.VERSION).version() : Optional.empty();
        Optional<TagRelation> relation = usual.flatMap(said -> TagRelation.between(tag, said));
        if (relation.isPresent()) {
            return new VersionReading(Endpoint.VERSION, usual, relation);
        }
        for (String path : AnswerSearch.paths(prefixes)) {
            AnswerSearch.Asked seen = AnswerSearch.ask(path, tag, this::ask);
            if (!seen.found().isEmpty()) {
                return reading(seen);
            }
            seen.near().forEach(words -> near.add(path + " (" + words + ")"));
        }
        near.stream().findFirst().ifPresent(seen -> {
            throw new UnknownVersion("The live release answers at " + seen + ", which has the number of its tag " + tag
                    + " and something else besides, so that what another version answers does not follow. Set"
                    + " VERSION_PATH, and VERSION_PATTERN to a regular expression whose group is the tag, such as"
                    + " version\\W+([\\d.]+)");
        });
        if (asked.stream().allMatch(VersionLookup::isRefused)) {
            throw refused();
        }
        usual.ifPresent(said -> {
            throw new UnknownVersion("The live release answers " + said + " at " + Endpoint.VERSION.path()
                    + ", which has nothing to do with the tag that it runs by, " + tag + ". " + ADVICE
                    + "; or set VERSION_PATH=" + Endpoint.VERSION.path() + " if that is its version all the same");
        });
        if (asked.stream().anyMatch(seen -> seen.contains("HTTP 200") || seen.contains("HTTP 404"))) {
            throw new UnknownVersion("Nothing that the live release answers has to do with the tag that it runs by, "
                    + tag + ": " + String.join(", ", asked) + ". " + ADVICE);
        }
        return unanswered(Endpoint.VERSION);
    }

    /** Whether the gateway refused a request without a login, or from elsewhere. */
    private static boolean isRefused(String seen) {
        return seen.endsWith(" HTTP 401") || seen.endsWith(" HTTP 403");
    }

    private EnvironmentNotFit refused() {
        return new EnvironmentNotFit(way.replaceFirst("^t", "T") + " lets nobody in without a login, or not from here: "
                + String.join(", ", asked), "Give the release a route without that, by a value that the Application"
                + " sets: the suite asks as its users do, and has no login");
    }

    private VersionReading givenPlace(VersionAnswer place) {
        if (!prefixes.isEmpty() && RoutePaths.prefix(prefixes, place.path()).isEmpty()) {
            throw new UnknownVersion("No route leads " + place.path() + " to the live release: its routes have the"
                    + " paths " + String.join(", ", prefixes) + ". Set VERSION_PATH to one under them");
        }
        Answer answer = ask(place);
        if (asked.stream().allMatch(VersionLookup::isRefused)) {
            throw refused();
        }
        if (answer.served()) {
            return new VersionReading(place, answer.version(),
                    TagRelation.between(tag, answer.version().orElseThrow()));
        }
        if (answer.status() == 200) {
            throw new UnknownVersion("The live release answers at " + place.path() + ", and there is no version at "
                    + place.version() + ". " + ADVICE);
        }
        if (answer.status() >= 300 && answer.status() < 500) {
            throw new UnknownVersion("The live release answers HTTP " + answer.status() + " at " + place.path() + ". "
                    + ADVICE);
        }
        return unanswered(place);
    }

    private VersionReading reading(AnswerSearch.Asked seen) {
        AnswerSearch.Found clear = seen.clear().orElseThrow(() -> new UnknownVersion("At " + seen.path()
                + " several places may be the version of the live release, whose tag is " + tag + ": " + seen.words()
                + ". " + ADVICE));
        return new VersionReading(clear.answer(), Optional.of(clear.said()), Optional.of(clear.relation()));
    }

    private static VersionReading unanswered(VersionAnswer place) {
        return new VersionReading(place, Optional.empty(), Optional.of(TagRelation.EQUAL));
    }

    private Answer ask(Endpoint endpoint) {
        Answer answer = live.apply(endpoint);
        asked.add(endpoint.path() + " " + answer.failure().orElseGet(() -> "HTTP 200"));
        return answer;
    }

    private static Optional<Answer> served(Platform platform, Blueprint pattern, Endpoint endpoint) {
        try {
            return pattern.live().services().stream().findFirst().map(service ->
                    new ServiceProbe(platform.cluster().client(), endpoint)
                            .ask(pattern.live().namespace(), service, 1).answers().get(0));
        } catch (EnvironmentNotFit notAllowed) {
            return Optional.empty();
        }
    }

    private static Answer asked(Platform platform, Blueprint pattern, Endpoint endpoint) {
        Optional<Answer> last = Optional.empty();
        boolean refused = true;
        // The Application may deliver something else under another host, which has a version of its own.
        List<String> hosts = pattern.exposure().isRouted() ? Stream.concat(pattern.exposure().host().stream(),
                pattern.live().hosts().stream().sorted()).distinct().toList() : List.of("");
        for (String host : hosts) {
            Answer answer = Entrances.of(platform, pattern).at(pattern.live().namespace(), host).ask(endpoint);
            if (answer.served()) {
                return answer;
            }
            refused &= answer.status() == 401 || answer.status() == 403;
            last = last.or(() -> Optional.of(answer));
        }
        if (refused && last.isPresent()) {
            return last.get(); // no user gets the answer of a Service
        }
        for (String service : pattern.live().services()) {
            try {
                Answer answer = new ServiceProbe(platform.cluster().client(), endpoint)
                        .ask(pattern.live().namespace(), service, 1).answers().get(0);
                if (answer.served()) {
                    return answer;
                }
                // This is the application's own answer, unlike that of a gateway without its route.
                last = answer.status() > 0 ? Optional.of(answer) : last;
            } catch (EnvironmentNotFit notAllowed) {
                break; // without the permission, only the gateway counts
            }
        }
        return last.orElseGet(() -> Answer.lost(Instant.now(), "nobody to ask", Duration.ZERO));
    }
}
