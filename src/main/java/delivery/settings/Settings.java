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

/** The settings of one run: checked as a whole, immutable. What each is for, its {@link Setting} says. */
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
     * Reads every setting. A system property wins over an environment variable, that over what the lab says, that over
     * the default. A value that is blank counts as not given. What the lab says counts only where no KUBECONFIG is
     * given: half a lab and half another cluster make no environment.
     *
     * @param lab what the lab gives to prove on, by name of the setting; empty if it does not run
     * @throws InvalidSettings if any value is unusable or missing; it names all of them
     */
    public static Settings load(Map<String, String> environment, Properties system, Map<String, String> lab) {
        return new SettingsReader(environment, system, lab).settings();
    }

    /**
     * Reads what is given, before there is a lab to prove on: what the lab would say is missing.
     *
     * @throws InvalidSettings if any value is unusable; it names all of them
     */
    public static Settings given(Map<String, String> environment, Properties system) {
        return new SettingsReader(environment, system, Map.of()).given();
    }

    /** Whether the lab is proved on, as no KUBECONFIG was given. */
    public boolean lab() {
        return lab;
    }

    public Path kubeconfig() {
        return required(Setting.KUBECONFIG, Path.class);
    }

    public Optional<String> kubeContext() {
        return optional(Setting.KUBE_CONTEXT, String.class);
    }

    /** Address of Argo CD's API, without a slash at its end. */
    public URI argoCdServer() {
        return required(Setting.ARGOCD_SERVER, URI.class);
    }

    /** Either this or {@link #argoCdPassword()} is there; this is preferred. */
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

    /** Whether the Application itself is proved on. */
    public boolean inPlace() {
        return required(Setting.MODE, String.class).equals("in-place");
    }

    /** Whether the Application itself may be changed without a question. */
    public boolean confirmed() {
        return required(Setting.YES, Boolean.class);
    }

    /** Whether automated sync is paused while the Application itself is proved on. */
    public boolean pausesSync() {
        return required(Setting.SELF_HEAL, String.class).equals("pause");
    }

    /** Where the Application's state is kept that it is put back to, as namespace/name; empty: beside it. */
    public Optional<String> journal() {
        return optional(Setting.JOURNAL, String.class);
    }

    /** What is said of where things stand in the delivery, by setting: ROLLOUT, CONTAINER and VALUE_..., as given. */
    public Map<Setting, String> places() {
        Map<Setting, String> places = new EnumMap<>(Setting.class);
        for (Setting setting : EnumSet.range(Setting.ROLLOUT, Setting.VALUE_DELAY)) {
            optional(setting, String.class).ifPresent(given -> places.put(setting, given));
        }
        return places;
    }

    /** The Service that users ask, where the delivery has no route; empty: it is to be found. */
    public Optional<String> service() {
        return optional(Setting.SERVICE, String.class);
    }

    /** Where the release's hosts are served, without a slash at its end; empty if it is not given. */
    public Optional<URI> gateway() {
        return optional(Setting.GATEWAY, URI.class);
    }

    /** That it is needed and not given. */
    public InvalidSettings withoutGateway() {
        return new InvalidSettings(List.of("GATEWAY is not given; set it to the address where the cluster serves the"
                + " release's hosts"), hints);
    }

    public Optional<Path> gatewayAuthority() {
        return optional(Setting.GATEWAY_CA, Path.class);
    }

    /** Domain of the scenarios' hosts, without a dot at either end. */
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

    /** Where the application tells its version; empty: it is to be found. */
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

    /** The registry's address, without a slash at its end; empty if it is the host in the image's name. */
    public Optional<URI> registry() {
        return optional(Setting.REGISTRY, URI.class);
    }

    /** There if and only if {@link #registryPassword()} is. */
    public Optional<String> registryUsername() {
        return optional(Setting.REGISTRY_USERNAME, String.class);
    }

    /** There if and only if {@link #registryUsername()} is. */
    public Optional<Secret> registryPassword() {
        return optional(Setting.REGISTRY_PASSWORD, Secret.class);
    }

    /** Folder that holds the application's version.py, relative to the working directory if it is not absolute. */
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

    /** Accepted probability of a sample that is judged wrong although all is right, for one sample, two-sided. */
    public double falseRedRate() {
        return required(Setting.FALSE_RED_RATE, Double.class);
    }

    public int parallel() {
        return required(Setting.PARALLEL, Integer.class);
    }

    /** How many releases there are at a time: in place the only one. */
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

    /** All secrets that are set, for what keeps them out of the reports. */
    public List<Secret> secrets() {
        return values.values().stream().filter(Secret.class::isInstance).map(Secret.class::cast).toList();
    }

    /** Names that are set, are no settings and look like one, each as a sentence; empty if there are none. */
    public List<String> hints() {
        return hints;
    }

    /** Every setting's value in the settings' order, fit to be shown: of a secret only whether it is set. */
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
