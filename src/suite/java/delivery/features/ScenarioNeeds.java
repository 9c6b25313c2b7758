package delivery.features;

import delivery.release.Capability;
import delivery.rollout.Strategy;
import delivery.steps.Needs;
import delivery.steps.ServiceRole;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a scenario needs of the delivery, by its steps alone. */
public final class ScenarioNeeds {

    private ScenarioNeeds() {
    }

    /**
     * What these steps need: a strategy that their words name, the Service of one, and what their code says it needs.
     *
     * @param steps of one scenario, as they are carried out
     */
    public static Set<Capability> of(Vocabulary vocabulary, List<String> steps) {
        Set<Capability> needs = EnumSet.noneOf(Capability.class);
        for (String step : steps) {
            for (StepDefinition definition : vocabulary.fitting(step)) {
                Needs own = definition.method().getAnnotation(Needs.class);
                needs.addAll(own == null ? List.of() : List.of(own.value()));
                definition.arguments(step).forEach(argument -> needs.addAll(of(argument.getValue())));
            }
        }
        return needs;
    }

    private static Set<Capability> of(Object argument) {
        if (argument == Strategy.CANARY || argument == ServiceRole.CANARY) {
            return Set.of(Capability.CANARY);
        }
        return argument == Strategy.BLUE_GREEN || argument == ServiceRole.PREVIEW ? Set.of(Capability.BLUE_GREEN)
                : Set.of();
    }
}
