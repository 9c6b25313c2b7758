package delivery.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import delivery.steps.ScenarioWorld;
import io.cucumber.java.After;
import io.cucumber.java.AfterStep;
import io.cucumber.java.Before;
import io.qameta.allure.model.FixtureResult;
import io.qameta.allure.model.StatusDetails;
import java.util.List;
import org.junit.jupiter.api.Test;

class HooksInReportTest {

    @Test
    void everyHookOfTheStepsHasWordsOfItsOwn() {
        List<JavaMethod> hooks = new ClassFileImporter().importPackagesOf(ScenarioWorld.class).stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(Before.class) || method.isAnnotatedWith(After.class)
                        || method.isAnnotatedWith(AfterStep.class)).toList();

        assertThat(hooks).hasSizeGreaterThan(2).allSatisfy(hook -> assertThat(named(hook.getFullName()))
                .contains(" ").doesNotContain("delivery", "(").as(hook.getFullName()));
    }

    @Test
    void anotherHookIsNamedByItsMethodAndWhatIsNoHookOfOursIsLeftAlone() {
        assertThat(named("delivery.steps.Drawing.drawTheTimeline(io.cucumber.java.Scenario)"))
                .isEqualTo("Draw the timeline");
        assertThat(named("set up by hand")).isEqualTo("set up by hand");
    }

    private static String named(String code) {
        FixtureResult fixture = new FixtureResult().setName(code)
                .setStatusDetails(new StatusDetails().setTrace("trace"));
        new CriterionInReport().beforeFixtureStop(fixture);
        assertThat(fixture.getStatusDetails().getTrace()).isNull();
        return fixture.getName();
    }
}
