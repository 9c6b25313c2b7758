package delivery.steps;

import delivery.rollout.Strategy;
import io.cucumber.java.ParameterType;

/** The words of the features that stand for something else. */
public final class Words {

    @ParameterType("blue-green|canary")
    public Strategy strategy(String word) {
        return word.equals("canary") ? Strategy.CANARY : Strategy.BLUE_GREEN;
    }

    @ParameterType(name = "version", value = "old|new")
    public Age age(String word) {
        return Age.valueOf(word.toUpperCase(java.util.Locale.ROOT));
    }

    @ParameterType("stable|preview|canary")
    public ServiceRole service(String word) {
        return ServiceRole.valueOf(word.toUpperCase(java.util.Locale.ROOT));
    }
}
