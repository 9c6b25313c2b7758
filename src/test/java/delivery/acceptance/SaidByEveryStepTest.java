package delivery.acceptance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import delivery.steps.ScenarioWorld;
import io.cucumber.java.en.Then;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The evidence of a proven criterion: each step that proves something reports what it saw. */
class SaidByEveryStepTest {

    private static final ArchRule RULE = methods().that().areAnnotatedWith(Then.class)
            .should(new ArchCondition<>("say what they saw, by Scene.saw") {
                @Override
                public void check(JavaMethod step, ConditionEvents events) {
                    events.add(new SimpleConditionEvent(step, says(step, new HashSet<>()),
                            step.getFullName() + " does not say what it saw; end it with scene.saw(...)"));
                }
            });

    @Test
    void whatAStepProvesItSays() {
        JavaClasses steps = new ClassFileImporter().importPackagesOf(ScenarioWorld.class);
        assertThat(steps.stream().flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(Then.class))).as("steps that prove something")
                .hasSizeGreaterThan(20);
        RULE.check(steps);
    }

    @Test
    void aStepThatSaysNothingIsFound() {
        assertThatThrownBy(() -> RULE.check(new ClassFileImporter().importClasses(Mute.class, ScenarioWorld.class)))
                .isInstanceOf(AssertionError.class).hasMessageContaining("Mute.proves() does not say");
    }

    /** Outside the glue, so that Cucumber does not create it. */
    static final class Mute {

        @Then("what no feature asks for")
        void proves() {
            assertThat(this).isNotNull();
        }
    }

    /** Whether it reports, itself or through another method of the steps that it calls. */
    private static boolean says(JavaMethod method, Set<JavaMethod> seen) {
        return seen.add(method) && method.getMethodCallsFromSelf().stream()
                .anyMatch(call -> call.getTarget().getOwner().isEquivalentTo(ScenarioWorld.class)
                        && call.getTarget().getName().equals("saw")
                        || call.getTarget().getOwner().getPackageName().equals(ScenarioWorld.class.getPackageName())
                        && call.getTarget().resolveMember().filter(JavaMethod.class::isInstance)
                        .map(JavaMethod.class::cast).filter(called -> says(called, seen)).isPresent());
    }
}
