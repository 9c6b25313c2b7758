package delivery.steps;

import delivery.criteria.Criterion;
import delivery.evidence.FailureEvidence;
import io.cucumber.java.After;
import io.cucumber.java.AfterStep;
import io.cucumber.java.Before;
import io.cucumber.java.Scenario;

/** Around each scenario: nothing is begun in an environment that is not fit, and nothing is left. */
public final class Hooks {

    /** Of the hooks after a step or a scenario those with a higher number come first. */
    private static final int FIRST = 20_000;

    private final ScenarioWorld scene;
    private boolean collected;

    public Hooks(ScenarioWorld scene) {
        this.scene = scene;
    }

    @Before
    public void prepare(Scenario scenario) {
        Criterion criterion = scenario.getSourceTagNames().stream()
                .flatMap(tag -> scene.run().checklist().criterion(tag.substring(1)).stream()).findFirst()
                .orElseThrow(() -> new IllegalStateException("The scenario has no criterion's tag"));
        scene.begin(criterion, scenario.getId());
    }

    /** Before anything is removed. */
    @AfterStep
    public void collect(Scenario scenario) {
        if (scenario.isFailed() && scene.deployed() && !collected) {
            collected = true;
            scene.show("The release when the step failed");
            new FailureEvidence(scene.run().environment().platform().cluster().client(), scene.journal().evidence())
                    .collect(scene.subject().site().namespace());
        }
    }

    /** What somebody else did to the release says nothing of the delivery, whatever came of it. */
    @AfterStep(order = FIRST)
    public void requireOwn(Scenario scenario) {
        scene.requireOwn(scenario.isFailed());
    }

    /** Looked at directly: what was done last may not have been told of yet. */
    @After(order = FIRST)
    public void requireOwnToTheEnd(Scenario scenario) {
        if (!scenario.isFailed() && scene.deployed()) {
            scene.subject().look();
        }
    }

    @After
    public void remove(Scenario scenario) {
        if (scene.deployed()) {
            scene.showTimeline();
            scene.journal().endedEarly("the case failed here");
            scene.leave(scenario.isFailed());
        }
    }
}
