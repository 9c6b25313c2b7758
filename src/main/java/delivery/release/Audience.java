package delivery.release;

import delivery.environment.Platform;
import delivery.kubernetes.RouteReader;
import delivery.kubernetes.ServiceProbe;
import delivery.route.RouteFindings;
import delivery.route.RouteJudge;
import delivery.route.RouteObjects;
import delivery.traffic.Answer;
import delivery.traffic.BackgroundTraffic;
import delivery.traffic.Endpoint;
import delivery.traffic.Entrance;
import delivery.traffic.Page;
import delivery.traffic.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** The users of a release: the answers that they get, and the targets that its routes lead them to. */
public final class Audience {

    private static final int SERVICE_REQUESTS = 3;
    /** The number of users who have been there since the first version, if answers set cookies. */
    private static final int FIRST_USERS = 300;
    private static final int CONCURRENCY = 8;
    /** One error at the first look says nothing about the page. */
    private static final int LOOKS_AT_A_PAGE = 3;
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;
    /** The number of requests for the page. A few are enough to show that a path is routed elsewhere. */
    public static final int OF_A_PAGE = 100;

    private final Platform platform;
    private final ServiceProbe services;
    private final String namespace;
    private final Entrance entrance;
    private final Endpoint version;
    private final Optional<String> rollout;
    private Optional<String> noPage = Optional.of("it was not asked for");
    private boolean ownPage;

    /** The users of a release whose Services show the version at the same endpoint as the entrance. */
    Audience(Platform platform, String namespace, Entrance entrance, Endpoint version) {
        this(platform, namespace, entrance, version, version, Optional.empty());
    }

    /**
     * @param entrance where users send their requests
     * @param version  the endpoint at which the application shows users its version
     * @param inside   the endpoint at which its Services show it
     * @param rollout  the name of the Rollout; empty if it is the only one
     */
    Audience(Platform platform, String namespace, Entrance entrance, Endpoint version, Endpoint inside,
            Optional<String> rollout) {
        this.rollout = rollout;
        this.platform = platform;
        this.version = version;
        this.services = new ServiceProbe(platform.cluster().client(), inside);
        this.namespace = namespace;
        this.entrance = entrance;
    }

    /** The place where users send their requests. */
    public Entrance entrance() {
        return entrance;
    }

    String namespace() {
        return namespace;
    }

    public Endpoint version() {
        return version;
    }

    /** Has users request the version continuously, until they are stopped. */
    public BackgroundTraffic comeAllTheWhile(Duration atMost, double perSecond) {
        return entrance.watch(version, atMost, perSecond);
    }

    public ServiceProbe services() {
        return services;
    }

    /**
     * Finds out whether answers set cookies and whether the page shows its version. It is called while there is only
     * one version, which has just served users.
     *
     * @param service the Service that users have, which shows whether the page is the release's own; empty if none
     */
    void meet(Version version, Sample look, Optional<String> service) {
        if (!look.cookies().isEmpty()) {
            entrance.sample(this.version, FIRST_USERS, CONCURRENCY);
        }
        Page page = Page.naming(version.answers());
        noPage = entrance.ask(page).failure();
        for (int asked = 1; asked < LOOKS_AT_A_PAGE && noPage.isPresent(); asked++) {
            noPage = entrance.ask(page).failure();
        }
        ownPage = noPage.isEmpty() && service.filter(name -> services.ask(namespace, name, page, 1)
                .served(version.answers()) == 1).isPresent();
    }

    /** Adds users before anything changes, if answers set cookies. */
    public void arrive(int count) {
        if (!entrance.cookies().isEmpty()) {
            entrance.sample(this.version, count, CONCURRENCY);
        }
    }

    /** Sends one request from each of this many users, with the cookies that they were given before. */
    public Sample sample(Endpoint endpoint, int requests) {
        return entrance.sample(endpoint, requests, CONCURRENCY);
    }

    /** Sends the same requests at a steady rate over this time. */
    public Sample sample(Endpoint endpoint, int requests, Duration over) {
        return entrance.sample(endpoint, requests, over);
    }

    /** Sends requests for the version from users who were not there before. */
    Sample newcomers(int requests, int sideBySide) {
        return entrance.newcomers(version, requests, sideBySide);
    }

    /**
     * Returns the page if it shows the version that served it: it did so when there was only one version, and a Service
     * of this version does so now.
     *
     * @param all     the versions of the case, including that one
     * @param service the Service that serves this version alone; empty if the release has none
     */
    public Optional<Page> page(Version version, Collection<Version> all, Optional<String> service) {
        return whyNoPage(version, all, service).isPresent() ? Optional.empty() : Optional.of(naming(all));
    }

    /** Returns the page if it showed its version when there was only one. */
    public Optional<Page> page(Collection<Version> all) {
        return noPage.isPresent() ? Optional.empty() : Optional.of(naming(all));
    }

    /** The reason why the page is not judged, such as "HTTP 404"; empty if it is judged. */
    public Optional<String> whyNoPage(Version version, Collection<Version> all, Optional<String> service) {
        if (noPage.isPresent()) {
            return noPage;
        }
        if (service.isEmpty()) {
            return Optional.of("the Rollout names no Service that has " + version.answers() + " alone");
        }
        Sample own = services.ask(namespace, service.get(), naming(all), SERVICE_REQUESTS);
        // The release's own page that is an error now is judged by what users are served.
        boolean broken = ownPage && own.answers().stream().anyMatch(answer -> answer.status() == NOT_FOUND
                || answer.status() >= SERVER_ERROR);
        return broken || own.served(version.answers()) == own.size() ? Optional.empty()
                : Optional.of("the Service " + service.get() + ", asked for it directly, does not name "
                        + version.answers() + " alone");
    }

    private static Page naming(Collection<Version> versions) {
        return new Page(versions.stream().map(Version::answers).collect(Collectors.toSet()));
    }

    /** Samples what users are served who must all have one version; own is the Service that serves it alone, if any. */
    public ServedUsers servedOnly(Version version, Collection<Version> all, Set<String> pods, Optional<String> own,
            Sample api, BiConsumer<Sample, Endpoint> asked) {
        asked.accept(api, this.version);
        Optional<String> noPage = whyNoPage(version, all, own);
        Optional<Sample> pages = noPage.isPresent() ? Optional.empty() : Optional.of(sample(naming(all), OF_A_PAGE));
        pages.ifPresent(sample -> asked.accept(sample, naming(all)));
        RouteFindings routes = routes();
        return new ServedUsers(entrance.toString(), version, pods, routes, api, pages, noPage, sticky(routes));
    }

    /** The targets that the routes lead users to now. */
    public RouteFindings routes() {
        RouteObjects objects = RouteReader.read(platform.cluster().client(), namespace).of(rollout);
        return entrance.isRouted() ? RouteJudge.judge(objects, entrance.name())
                : RouteJudge.judgeService(objects, entrance.name());
    }

    /** The reasons why users may stay at one Service: the names of their cookies, or a setting of the routes. */
    public List<String> sticky(RouteFindings routes) {
        List<String> found = new ArrayList<>();
        entrance.cookies()
                .forEach(name -> found.add(name + routes.sticky().stream().filter(set -> set.contains(" " + name + " "))
                .findFirst().map(set -> " (" + set + ")").orElse(" (set by what answers at " + entrance + ")")));
        return found;
    }
}
