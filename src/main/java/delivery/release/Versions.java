package delivery.release;

import delivery.environment.Blueprint;
import delivery.environment.Platform;
import delivery.failure.EnvironmentNotFit;
import delivery.failure.UnresolvedLayout;
import delivery.registry.ImageName;
import delivery.registry.PushedImage;
import delivery.settings.NamedVersion;
import delivery.settings.NewVersions;
import delivery.text.RunTag;
import delivery.traffic.TagRelation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * The new versions of a run: built as the settings say, or built by the team beforehand. The tags of versions that are
 * built are unique to the run, so that a version of an earlier run proves nothing. They are in the repository of the
 * live image, and are not semantic versions, so that an updater that deploys the newest version ignores them.
 */
public final class Versions {

    private static final int LONGEST_VERSION = 32;
    private static final String SUFFIX = "-next";

    private final Platform platform;
    private final Blueprint pattern;
    private final String run;
    private final NewVersions said;
    private final Map<Version, PushedImage> pushed = new ConcurrentHashMap<>();
    private final Map<Version, PushedImage> ready = new ConcurrentHashMap<>();
    private volatile boolean removed;

    public Versions(Platform platform, Blueprint pattern, String run) {
        this.platform = platform;
        this.pattern = pattern;
        this.run = run;
        this.said = platform.settings().newVersions();
    }

    /** The version that users have, which answers as the live release does. */
    public Version old() {
        String tag = pattern.image().tag();
        return new Version(tag, pattern.versionReading().answer().orElse(tag));
    }

    /**
     * The base of the run's own tags: the old tag in the form of the answer, so that it has nothing that the
     * application or the chart would strip, such as a leading v.
     */
    private String plain() {
        return pattern.versionReading().relation().filter(relation -> !relation.longer())
                .flatMap(relation -> relation.answer(pattern.image().tag())).orElse(pattern.image().tag());
    }

    /** The answer of an application that was built as this version. */
    private String answered(String version) {
        return pattern.versionReading().relation().filter(TagRelation::longer)
                .flatMap(relation -> relation.answer(version))
                .orElse(version);
    }

    /**
     * A good version that follows the deployed one, and that the release has never had. The first scenario that asks
     * for it builds it.
     */
    public Version next(Set<String> had, Journal journal) {
        if (!said.ready().isEmpty()) {
            return held(said.ready().stream().filter(version -> !had.contains(version.tag())).findFirst()
                    .orElseThrow(() -> new UnresolvedLayout(pattern.application().name(), List.of("NEW_TAG names "
                            + said.ready().size() + " new versions, and a scenario needs one more; name another one"
                            + " after a comma"))), false, journal);
        }
        String tag = unseen(run, had, "");
        return shared(new Version(tag, answered(tag)), journal);
    }

    /** The tag of a new version that has not been built yet. */
    String nextTag() {
        return said.ready().isEmpty() ? unseen(run, Set.of(), "") : said.ready().get(0).tag();
    }

    /**
     * A version that the analysis must refuse: the team's own, or one whose image does not match its tag. The first
     * scenario that asks for it builds it.
     *
     * @param had the tags that the release has had
     */
    public Version faulty(Set<String> had, Journal journal) {
        if (said.faulty().isPresent()) {
            return held(said.faulty().get(), true, journal);
        }
        String tag = unseen(run, had, "-faulty");
        return shared(new Version(tag, answered(tag + "-by-mistake"), true), journal);
    }

    /** Whether the team says that its analysis refuses the faulty version. */
    public boolean refusalIsKnown() {
        return said.faulty().isPresent();
    }

    /** A version that is in the registry already, and is never deleted. */
    private Version held(NamedVersion named, boolean faulty, Journal journal) {
        ImageName name = pattern.image().withTag(named.tag());
        Version version = new Version(named.tag(), named.answers().or(() -> pattern.versionReading().relation()
                .flatMap(relation -> relation.answer(named.tag()))).orElseThrow(() -> new UnresolvedLayout(
                        pattern.application().name(), List.of("what the version " + named.tag() + " answers does not"
                                + " follow from its tag; name it as " + named.tag() + "=ANSWER"))), faulty);
        ready.computeIfAbsent(version, missing -> {
            PushedImage image = platform.registry().image(name).orElseThrow(() -> new EnvironmentNotFit(
                    "The registry has no " + name, "Push it, or correct NEW_TAG and FAULTY_TAG"));
            journal.looked("docker manifest inspect " + name, "the registry has " + image.digest());
            return image;
        });
        return version;
    }

    private String unseen(String whose, Set<String> had, String suffix) {
        return IntStream.rangeClosed(1, had.size() + 1)
                .mapToObj(number -> tag(whose, after(plain(), number)) + suffix)
                .filter(tag -> !had.contains(tag)).findFirst().orElseThrow();
    }

    /** A good new version of one release only: its tag contains the release's name. */
    public Version own(String release, Set<String> had, Journal journal) {
        if (!said.ready().isEmpty()) {
            return next(had, journal);
        }
        String tag = unseen(release, had, "");
        Version version = new Version(tag, answered(tag));
        pushed.put(version, build(version, journal));
        return version;
    }

    /** The image that was pushed for a version of this run. */
    public PushedImage image(Version version) {
        return Optional.ofNullable(pushed.get(version)).or(() -> Optional.ofNullable(ready.get(version)))
                .orElseThrow(() -> new IllegalStateException("This run has not built " + version.tag()));
    }

    private Version shared(Version version, Journal journal) {
        pushed.computeIfAbsent(version, missing -> build(missing, journal));
        return version;
    }

    private PushedImage build(Version version, Journal journal) {
        if (removed) {
            throw new IllegalStateException(version.tag() + " is not built any more: the run was interrupted");
        }
        PushedImage image = platform.build().make(pattern.image(), version.tag(), version.answers());
        journal.did(image);
        if (removed) {
            platform.registry().delete(image, pattern.image());
        }
        return image;
    }

    /**
     * Deletes the run's images from the registry, and prevents any further push.
     *
     * @return a sentence that names what stays, and why; empty if nothing does
     */
    public Optional<String> remove() {
        removed = true;
        Map<String, String> left = new TreeMap<>();
        pushed.values().forEach(image -> platform.registry().delete(image, pattern.image())
                .ifPresent(why -> left.put(image.name().tag(), why)));
        return left.isEmpty() ? Optional.empty() : Optional.of("the registry did not delete what the run pushed to "
                + pattern.image().registry() + "/" + pattern.image().repository() + ": "
                + String.join(", ", left.keySet())
                + " (" + left.values().iterator().next() + "); delete it there, no release needs it");
    }

    /** A tag of at most 128 characters, up to 63 of them for a scenario's name. */
    static String tag(String whose, String version) {
        return RunTag.of(whose, version.substring(0, Math.min(LONGEST_VERSION, version.length())));
    }

    /** The minor version that is this many after: 1.4.2 becomes 1.5.0, 1.6.0, …; any other text gets a suffix. */
    static String after(String version, int number) {
        String next = after(version);
        if (!next.endsWith(SUFFIX)) {
            return number == 1 ? next : after(next, number - 1);
        }
        String suffix = SUFFIX + (number == 1 ? "" : "-" + number);
        return version.substring(0, Math.min(LONGEST_VERSION - suffix.length(), version.length())) + suffix;
    }

    /** The next minor version: 1.4.2 becomes 1.5.0. Any other text gets a suffix. */
    static String after(String version) {
        String[] parts = version.split("\\.", -1);
        return parts.length == 3 && parts[0].matches("v?\\d{1,6}") && parts[1].matches("\\d{1,6}")
                ? parts[0] + "." + (Integer.parseInt(parts[1]) + 1) + ".0" : version + SUFFIX;
    }
}
