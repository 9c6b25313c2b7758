package delivery.settings;

import delivery.failure.InvalidSettings;
import delivery.rollout.NamespacedObject;
import delivery.rollout.Strategies;
import delivery.traffic.Endpoint;
import delivery.traffic.Place;
import delivery.traffic.VersionAnswer;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/** The immutable settings of one run, checked as a whole. See {@link Setting} for the purpose of each. */
public final class Settings {

    private final Map<Setting, Object> values;
    private final boolean lab;
    private final List<String> hints;

    Settings(Map<Setting, Object> values, boolean lab, List<String> hints) {
        this.values = values;
        this.lab = lab;
        this.hints = List.copyOf(hints);
    }

    /**
     * Reads every setting. A system property takes precedence over an environment variable, that over the lab's value,
     * and that over the default. A blank value counts as not given. The lab's values are used only without KUBECONFIG:
     * half a lab and half another cluster are not an environment.
     *
     * @param lab the lab's values, by name of the setting; empty if it does not run
     * @throws InvalidSettings if any value is unusable or missing; it names all of them
     */
    public static Settings load(Map<String, String> environment, Properties system, Map<String, String> lab) {
        return new SettingsReader(environment, system, lab).settings();
    }

    /**
     * Reads the given settings, before a lab runs: the lab's values are missing.
     *
     * @throws InvalidSettings if any value is unusable; it names all of them
     */
    public static Settings given(Map<String, String> environment, Properties system) {
        return new SettingsReader(environment, system, Map.of()).given();
    }

    /** Whether the run uses the lab, as KUBECONFIG was not given. */
    public boolean lab() {
        return lab;
    }

    public Path kubeconfig() {
        return required(Setting.KUBECONFIG, Path.class);
    }

    public Optional<String> kubeContext() {
        return optional(Setting.KUBE_CONTEXT, String.class);
    }

    /** Returns the address of Argo CD's API, without a slash at its end. */
    public URI argoCdServer() {
        return required(Setting.ARGOCD_SERVER, URI.class);
    }

    /** Returns the token; it or {@link #argoCdPassword()} is set, and it takes precedence. */
    public Optional<Secret> argoCdToken() {
        return optional(Setting.ARGOCD_AUTH_TOKEN, Secret.class);
    }

    public String argoCdUsername() {
        return required(Setting.ARGOCD_USERNAME, String.class);
    }

    public Optional<Secret> argoCdPassword() {
        return optional(Setting.ARGOCD_PASSWORD, Secret.class);
    }

    public Optional<Path> argoCdCertificate() {
        return optional(Setting.ARGOCD_SERVER_CRT, Path.class);
    }

    public boolean argoCdInsecure() {
        return required(Setting.ARGOCD_INSECURE, Boolean.class);
    }

    public String application() {
        return required(Setting.APPLICATION, String.class);
    }

    /** Whether the criteria are proved on the Application itself. */
    public boolean inPlace() {
        return required(Setting.MODE, String.class).equals("in-place");
    }

    /** Whether the Application itself may be changed without asking. */
    public boolean confirmed() {
        return required(Setting.YES, Boolean.class);
    }

    /** Whether automated sync is paused while the criteria are proved on the Application itself. */
    public boolean pausesSync() {
        return required(Setting.SELF_HEAL, String.class).equals("pause");
    }

    /** Returns the namespace/name of the ConfigMap with the state to restore; empty for the Application's namespace. */
    public Optional<String> journal() {
        return optional(Setting.JOURNAL, String.class);
    }

    /** Returns the given places of things in the delivery, by setting: ROLLOUT, CONTAINER and VALUE_..., as given. */
    public Map<Setting, String> places() {
        Map<Setting, String> places = new EnumMap<>(Setting.class);
        for (Setting setting : EnumSet.range(Setting.ROLLOUT, Setting.VALUE_DELAY)) {
            optional(setting, String.class).ifPresent(given -> places.put(setting, given));
        }
        return places;
    }

    /** Returns the Service that users call if the delivery has no route; empty if it is to be detected. */
    public Optional<String> service() {
        return optional(Setting.SERVICE, String.class);
    }

    /** Returns the address that serves the release's hosts, without a slash at its end; empty if it is not given. */
    public Optional<URI> gateway() {
        return optional(Setting.GATEWAY, URI.class);
    }

    /** Returns the error that the gateway is needed but not given. */
    public InvalidSettings withoutGateway() {
        return new InvalidSettings(List.of("GATEWAY is not given; set it to the address where the cluster serves the"
                + " release's hosts"), hints);
    }

    public Optional<Path> gatewayAuthority() {
        return optional(Setting.GATEWAY_CA, Path.class);
    }

    /** Returns the domain of the scenarios' hosts, without a dot at either end. */
    public String hostDomain() {
        return required(Setting.HOST_DOMAIN, String.class);
    }

    public Optional<Strategies> strategies() {
        return optional(Setting.STRATEGIES, Strategies.class);
    }

    @SuppressWarnings("unchecked")
    public Set<NamespacedObject> copy() {
        return (Set<NamespacedObject>) values.getOrDefault(Setting.COPY, Set.of());
    }

    /** Returns the place at which the application reports its version; empty if it is to be detected. */
    public Optional<VersionAnswer> versionAnswer() {
        Optional<Place> version = place(Setting.VERSION_POINTER, Setting.VERSION_HEADER, Setting.VERSION_PATTERN);
        Optional<Place> pod = place(Setting.POD_POINTER, Setting.POD_HEADER, Setting.POD_PATTERN);
        Optional<String> path = optional(Setting.VERSION_PATH, String.class);
        if (version.isEmpty() && path.isEmpty() && pod.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new VersionAnswer(path.orElse(Endpoint.VERSION.path()),
                version.orElse(Endpoint.VERSION.version()), pod));
    }

    private Optional<Place> place(Setting... settings) {
        return Stream.of(settings).flatMap(setting -> optional(setting, Place.class).stream()).findFirst();
    }

    /** Returns the registry's address, without a slash at its end; empty if it is the host in the image's name. */
    public Optional<URI> registry() {
        return optional(Setting.REGISTRY, URI.class);
    }

    /** Returns the user; present if and only if {@link #registryPassword()} is. */
    public Optional<String> registryUsername() {
        return optional(Setting.REGISTRY_USERNAME, String.class);
    }

    /** Returns the password; present if and only if {@link #registryUsername()} is. */
    public Optional<Secret> registryPassword() {
        return optional(Setting.REGISTRY_PASSWORD, Secret.class);
    }

    /** Returns the folder with the application's version.py; a relative path is relative to the working directory. */
    public Path appSource() {
        return required(Setting.APP_SOURCE, Path.class);
    }

    public String appDirectory() {
        return required(Setting.APP_DIRECTORY, String.class);
    }

    @SuppressWarnings("unchecked")
    public NewVersions newVersions() {
        return new NewVersions(optional(Setting.BUILD, String.class), optional(Setting.VERSION_LINE, VersionLine.class),
                (List<NamedVersion>) values.getOrDefault(Setting.NEW_TAG, List.of()),
                optional(Setting.FAULTY_TAG, NamedVersion.class));
    }

    public int requests() {
        return required(Setting.REQUESTS, Integer.class);
    }

    /** Returns the accepted probability that one sample is judged wrong although all is right, two-sided. */
    public double falseRedRate() {
        return required(Setting.FALSE_RED_RATE, Double.class);
    }

    public int parallel() {
        return required(Setting.PARALLEL, Integer.class);
    }

    /** Returns the maximum number of releases at a time: in place there is only one. */
    public int releases() {
        return inPlace() ? 1 : required(Setting.RELEASES, Integer.class);
    }

    public boolean keep() {
        return required(Setting.KEEP, Boolean.class);
    }

    public double patience() {
        return required(Setting.PATIENCE, Double.class);
    }

    public Optional<Path> history() {
        return optional(Setting.HISTORY, Path.class);
    }

    public Optional<Path> task() {
        return optional(Setting.TASK, Path.class);
    }

    public boolean taskDryRun() {
        return required(Setting.TASK_DRY_RUN, Boolean.class);
    }

    /** Returns all secrets that are set, so that reports can leave them out. */
    public List<Secret> secrets() {
        return values.values().stream().filter(Secret.class::isInstance).map(Secret.class::cast).toList();
    }

    /** Returns a sentence for each name that is set and only resembles a setting's; empty if there are none. */
    public List<String> hints() {
        return hints;
    }

    /** Returns every setting's value for display, in the settings' order; for a secret, only whether it is set. */
    public Map<String, String> effective() {
        Map<String, String> shown = new LinkedHashMap<>();
        for (Setting setting : Setting.values()) {
            shown.put(setting.name(), optional(setting, Object.class)
                    .map(value -> setting.isSecret() ? "(set)" : value.toString()).orElse("(not set)"));
        }
        return Collections.unmodifiableMap(shown);
    }

    private <T> T required(Setting setting, Class<T> type) {
        return optional(setting, type).orElseThrow(() -> new IllegalStateException(setting + " has no value"));
    }

    private <T> Optional<T> optional(Setting setting, Class<T> type) {
        return Optional.ofNullable(values.get(setting)).map(type::cast);
    }
}
