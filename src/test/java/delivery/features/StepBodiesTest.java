package delivery.features;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.EvaluationResult;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import delivery.features.empty.EmptySteps;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import org.junit.jupiter.api.Test;

/** A step with an empty body would always be green. */
class StepBodiesTest {

    private static final ArchRule DO_SOMETHING = methods().that().areAnnotatedWith(Given.class)
            .or().areAnnotatedWith(When.class).or().areAnnotatedWith(Then.class)
            .should(new ArchCondition<JavaMethod>("call code of the suite") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    boolean calls = method.getMethodCallsFromSelf().stream()
                            .anyMatch(call -> call.getTargetOwner().getPackageName().startsWith("delivery"));
                    events.add(new SimpleConditionEvent(method, calls, method.getFullName() + " does nothing"));
                }
            });

    @Test
    void everyStepDoesSomething() {
        DO_SOMETHING.check(new ClassFileImporter().importPackages(Vocabulary.GLUE));
    }

    @Test
    void aStepThatDoesNothingIsSeen() {
        EvaluationResult result = DO_SOMETHING.evaluate(new ClassFileImporter().importClasses(EmptySteps.class));
        assertThat(result.getFailureReport().getDetails()).hasSize(3)
                .allMatch(detail -> detail.endsWith("does nothing"));
    }
}
