package delivery.settings;

import delivery.failure.InvalidSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads the settings once, and collects the values and all problems with them. */
final class SettingsReader {

    /** The settings whose targets are written to: a value meant for another cluster would change the wrong target. */
    private static final Set<Setting> WRITTEN_TO =
            EnumSet.of(Setting.KUBE_CONTEXT, Setting.ARGOCD_SERVER, Setting.REGISTRY);

    private final Map<String, String> environment;
    private final Properties system;
    private final Map<String, String> lab;
    private final Map<Setting, Object> values = new EnumMap<>(Setting.class);
    private final Set<Setting> unusable = EnumSet.noneOf(Setting.class);
    private final List<String> problems = new ArrayList<>();
    /** Problems with settings that only some deliveries need. */
    private final List<String> incomplete = new ArrayList<>();

    SettingsReader(Map<String, String> environment, Properties system, Map<String, String> lab) {
        this.environment = environment;
        this.system = system;
        boolean clusterGiven = given(system.getProperty(Setting.KUBECONFIG.name()))
                .or(() -> given(environment.get(Setting.KUBECONFIG.name())))
                .isPresent();
        this.lab = clusterGiven ? Map.of() : lab;
    }

    Settings settings() {
        Stream.of(Setting.values()).forEach(this::read);
        checkTarget();
        checkContext();
        checkTogether();
        requireNoProblem();
        return new Settings(values, !lab.isEmpty(), hints());
    }

    Settings given() {
        Stream.of(Setting.values()).forEach(this::read);
        checkTogether();
        requireNoProblem();
        return new Settings(values, false, List.of());
    }

    private void requireNoProblem() {
        if (!problems.isEmpty()) {
            List<String> all = new ArrayList<>(hints());
            all.addAll(incomplete);
            throw new InvalidSettings(problems, all);
        }
    }

    private void read(Setting setting) {
        Optional<String> text = given(system.getProperty(setting.name()))
                .or(() -> given(environment.get(setting.name())))
                .or(() -> given(lab.get(setting.name())));
        try {
            // APP_SOURCE's default is not checked here: the code that uses the folder has a better message.
            text.map(setting.kind()::read).or(() -> setting.defaultValue().map(setting == Setting.APP_SOURCE ? Path::of
                    : setting.kind()::read)).ifPresent(value -> values.put(setting, value));
        } catch (IllegalArgumentException wrong) {
            unusable.add(setting);
            problems.add(setting + shown(setting, text.orElse("")) + " " + wrong.getMessage());
        }
    }

    private void checkTarget() {
        if (isMissing(Setting.KUBECONFIG)) {
            problems.add("KUBECONFIG is not given and no lab runs; start the lab or set it to a kubeconfig file");
        } else {
            missing(Setting.ARGOCD_SERVER, "the address of the cluster's Argo CD");
            if (isMissing(Setting.ARGOCD_AUTH_TOKEN) && isMissing(Setting.ARGOCD_PASSWORD)) {
                problems.add("ARGOCD_AUTH_TOKEN and ARGOCD_PASSWORD are not given;"
                        + " set the token, or the password of ARGOCD_USERNAME");
            }
            if (isMissing(Setting.GATEWAY)) {
                incomplete.add("GATEWAY is not given; set it to the address where the cluster serves the release's"
                        + " hosts, unless the delivery has no route");
            }
        }
        for (Setting setting : lab.isEmpty() ? Set.<Setting>of() : WRITTEN_TO) {
            strayed(setting);
        }
    }

    /** Refuses a mistyped name of the context: the current one, which may be another cluster, would be proved on. */
    private void checkContext() {
        if (lab.isEmpty() && isMissing(Setting.KUBE_CONTEXT)) {
            mistyped().forEach((name, meant) -> {
                if (meant == Setting.KUBE_CONTEXT) {
                    problems.add(name + " is set, and KUBE_CONTEXT is not; rename it, or unset it");
                }
            });
        }
    }

    private void checkTogether() {
        if (isMissing(Setting.REGISTRY_PASSWORD) != isMissing(Setting.REGISTRY_USERNAME)) {
            problems.add("REGISTRY_USERNAME and REGISTRY_PASSWORD belong together; set both or neither");
        }
        if (Boolean.TRUE.equals(values.get(Setting.ARGOCD_INSECURE)) && !isMissing(Setting.ARGOCD_SERVER_CRT)) {
            problems.add("ARGOCD_INSECURE turns off the check that ARGOCD_SERVER_CRT is for; set one of them");
        }
        for (List<Setting> ways : List.of(
                List.of(Setting.VERSION_POINTER, Setting.VERSION_HEADER, Setting.VERSION_PATTERN),
                List.of(Setting.POD_POINTER, Setting.POD_HEADER, Setting.POD_PATTERN),
                List.of(Setting.BUILD, Setting.VERSION_LINE, Setting.NEW_TAG))) {
            List<String> set = ways.stream().filter(way -> !isMissing(way)).map(Setting::name).toList();
            if (set.size() > 1) {
                problems.add(String.join(" and ", set) + " say the same in two ways; set one of them");
            }
        }
        if (Boolean.TRUE.equals(values.get(Setting.TASK_DRY_RUN)) && isMissing(Setting.TASK)) {
            problems.add("TASK_DRY_RUN is set and TASK is not; set TASK to the task's own Markdown file");
        }
    }

    /** Reports a variable that a shell has for another cluster, such as the argocd command's own ARGOCD_SERVER. */
    private void strayed(Setting setting) {
        Optional<String> variable = given(environment.get(setting.name()));
        boolean meant = given(system.getProperty(setting.name())).isPresent()
                || variable.equals(given(lab.get(setting.name())));
        if (variable.isPresent() && !meant) {
            problems.add(setting + shown(setting, variable.get())
                    + " is in the environment while the lab is to be proved on;"
                    + " unset it, or set KUBECONFIG as well, or pass it as -D" + setting + "=… if it is meant");
        }
    }

    private void missing(Setting setting, String what) {
        if (isMissing(setting)) {
            problems.add(setting + " is not given; set it to " + what);
        }
    }

    /** Whether it was not given at all: an unusable value has been reported already. */
    private boolean isMissing(Setting setting) {
        return !values.containsKey(setting) && !unusable.contains(setting);
    }

    private List<String> hints() {
        return mistyped().entrySet().stream().map(found -> "unknown setting " + found.getKey() + "; did you mean "
                + found.getValue() + "?").toList();
    }

    /** Names that are nearly that of a setting, with the setting. */
    private Map<String, Setting> mistyped() {
        Set<String> names = new TreeSet<>(environment.keySet());
        names.addAll(system.stringPropertyNames());
        names.removeAll(Stream.of(Setting.values()).map(Setting::name).toList());
        Map<String, Setting> found = new TreeMap<>();
        for (String name : names) {
            String written = name.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
            for (Setting setting : Setting.values()) {
                // In a short name, two different letters make another word.
                int mistyped = setting.name().length() < 8 ? 1 : 2;
                if (Distance.between(written, setting.name()) <= mistyped) {
                    found.putIfAbsent(name, setting);
                }
            }
        }
        return found;
    }

    /** Returns nothing for an address with a user in it: the part before the @ may be a password. */
    private static String shown(Setting setting, String text) {
        return setting.isSecret() || text.contains("@") ? "" : " (\"" + text + "\")";
    }

    private static Optional<String> given(String text) {
        return Optional.ofNullable(text).map(String::strip).filter(stripped -> !stripped.isEmpty());
    }
}
