package delivery.run;

import delivery.report.RunRecord;
import delivery.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The settings that a run was given, and the command that repeats it. */
record Reproduction(Map<String, String> environment, Properties system) {

    private static final String SELECTIONS = "cucumber.";
    /** The router of the lab's own delivery. It is not a setting of the suite, which detects the router itself. */
    private static final String ROUTER = "LAB_ROUTER";
    private static final String BY_DEFAULT = "traefik";
    private static final String TAGS = "cucumber.filter.tags";

    /** Returns what selected the scenarios, by the name of the property. */
    Map<String, String> selectedBy() {
        return system.stringPropertyNames().stream()
                .filter(name -> name.startsWith(SELECTIONS) && !system.getProperty(name).isBlank())
                .collect(Collectors.toMap(name -> name, system::getProperty, (one, other) -> one, TreeMap::new));
    }

    /** Returns the command, with every setting that was given except secrets, which it takes from the environment. */
    RunRecord.Reproduce command() {
        String router = environment.getOrDefault(ROUTER, BY_DEFAULT);
        StringBuilder command = new StringBuilder(router.equals(BY_DEFAULT) ? "mvn test"
                : ROUTER + "=" + quoted(router) + " mvn test");
        List<String> secrets = new ArrayList<>();
        Map<String, String> selectedBy = selectedBy();
        if (!selectedBy.containsKey(TAGS)) {
            command.append(" -Pacceptance");
        }
        selectedBy.forEach((name, value) -> command.append(' ').append(quoted("-D" + name + "=" + value)));
        for (Setting setting : Setting.values()) {
            String value = system.getProperty(setting.name(), environment.getOrDefault(setting.name(), ""));
            if (!value.isBlank() && setting.isSecret()) {
                secrets.add(setting.name());
            } else if (!value.isBlank()) {
                command.append(' ').append(quoted("-D" + setting.name() + "=" + value));
            }
        }
        return new RunRecord.Reproduce(command.toString(), secrets);
    }

    /** Quotes an argument for a POSIX shell. */
    private static String quoted(String argument) {
        return argument.matches("[A-Za-z0-9@%+=:,./_-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
