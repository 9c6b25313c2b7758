package delivery.features;

import delivery.layout.Need;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The needs that scenarios have of a delivery, by the words of their steps. */
public final class ScenarioNeeds {

    private static final Map<Need, Pattern> WORDS = Map.ofEntries(
            Map.entry(Need.BLUE_GREEN, Pattern.compile(
                    "(?i)by blue[-/ ]?green|on preview|preview Service|release waits for a person|only a person")),
            Map.entry(Need.CANARY, Pattern.compile("(?i)by canary|its canary|canary strategy|canary's"
                    + "|pause to pause|canary Service|its analysis|next pause|old and the new version|at every step")),
            Map.entry(Need.STRATEGY_CHANGE, Pattern.compile("updated to the (canary|blue-green) strategy")),
            Map.entry(Need.PERSON, Pattern.compile("on preview|waits for a person|only a person")),
            Map.entry(Need.ANALYSIS, Pattern.compile("its analysis")),
            Map.entry(Need.FAULTY_VERSION, Pattern.compile("faulty version")),
            Map.entry(Need.COPY, Pattern.compile("is undone")),
            Map.entry(Need.LASTING_UNDO, Pattern.compile("is undone, and promoted")),
            Map.entry(Need.APPLICATION_UPDATE,
                    Pattern.compile("the Application is updated|has synced the Application")),
            Map.entry(Need.DIFFERING_UNDO, Pattern.compile("finds that the release differs")),
            Map.entry(Need.VERSION, Pattern.compile("users|requests|preview Service answers")));

    private ScenarioNeeds() {
    }

    /** Returns the needs by the criterion's id, in the order of the features. */
    public static Map<String, Set<Need>> of(List<Scenario> scenarios) {
        Map<String, Set<Need>> needs = new TreeMap<>();
        for (Scenario scenario : scenarios) {
            Set<Need> own = of(scenario);
            scenario.criteria().forEach(id -> needs.computeIfAbsent(id, missing -> EnumSet.noneOf(Need.class))
                    .addAll(own));
        }
        return needs;
    }

    /** Returns the needs of one scenario. */
    public static Set<Need> of(Scenario scenario) {
        Set<Need> own = EnumSet.noneOf(Need.class);
        WORDS.forEach((need, words) -> {
            if (scenario.steps().stream().anyMatch(step -> words.matcher(step).find())) {
                own.add(need);
            }
        });
        if (!own.isEmpty()) {
            own.add(Need.COPY);
        }
        return own;
    }

    /**
     * A scenario, given by its words.
     *
     * @param criteria ids of its tags
     */
    public record Scenario(Set<String> criteria, List<String> steps) {

        static List<Scenario> of(List<FeatureFile> files) {
            List<Scenario> scenarios = new ArrayList<>();
            files.forEach(file -> file.pickles().forEach(pickle -> scenarios.add(new Scenario(
                    Set.copyOf(pickle.getTags().stream().map(tag -> tag.getName().substring(1)).toList()),
                    pickle.getSteps().stream().map(step -> step.getText()).toList()))));
            return scenarios;
        }
    }
}
