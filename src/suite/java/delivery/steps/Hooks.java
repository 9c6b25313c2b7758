package delivery.steps;

import delivery.criteria.Criterion;
import delivery.evidence.FailureEvidence;
import io.cucumber.java.After;
import io.cucumber.java.AfterStep;
import io.cucumber.java.Before;
import io.cucumber.java.Scenario;

/** Hooks around each scenario: nothing begins in an environment that is not fit, and nothing is left behind. */
public final class Hooks {

    /** Order of the first hook after a step or a scenario: higher numbers run first. */
    private static final int FIRST = 20_000;

    private final ScenarioWorld scene;
    private boolean collected;

    public Hooks(ScenarioWorld scene) {
        this.scene = scene;
    }

    @Before
    public void prepare(Scenario scenario) {
        scene.run().observations().began(scenario.getId());
        Criterion criterion = scenario.getSourceTagNames().stream()
                .flatMap(tag -> scene.run().checklist().criterion(tag.substring(1)).stream()).findFirst()
                .orElseThrow(() -> new IllegalStateException("The scenario has no criterion's tag"));
        scene.begin(criterion, scenario.getId());
    }

    /** Collects the evidence before anything is removed. */
    @AfterStep
    public void collect(Scenario scenario) {
        if (scenario.isFailed() && scene.deployed() && !collected) {
            collected = true;
            scene.show("The release when the step failed");
            new FailureEvidence(scene.run().environment().platform().cluster().client(), scene.journal().evidence())
                    .collect(scene.subject().site().namespace());
        }
    }

    /** Checks that nobody else acted on the release: such a result says nothing about the delivery. */
    @AfterStep(order = FIRST)
    public void requireOwn(Scenario scenario) {
        scene.requireOwn(scenario.isFailed());
    }

    /** Looks at the release directly, because its feed may not have reported the last actions yet. */
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
