package delivery.acceptance.stub;

import delivery.acceptance.SuiteRun;
import delivery.failure.EnvironmentNotFit;
import delivery.failure.NotApplicable;
import io.cucumber.java.Before;
import io.cucumber.java.Scenario;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/** Steps that end in every possible way, without a delivery to prove. */
public final class StubSteps {

    private Scenario scenario;

    @Before
    public void prepare(Scenario begun) {
        scenario = begun;
        SuiteRun.current().run().observations().began(begun.getId());
    }

    @Given("an environment that is not fit")
    public void unfit() {
        throw new EnvironmentNotFit("The gateway does not answer with password=s3cret", "Start it");
    }

    @Given("a delivery without a canary")
    public void notApplicable() {
        NotApplicable lacking = new NotApplicable("The delivery releases by blue-green alone");
        throw new TestAbortedException(lacking.getMessage(), lacking);
    }

    @Then("{int} requests are seen")
    public void seen(int requests) {
        SuiteRun.current().run().observations()
                .saw(scenario.getId(), requests + " requests were seen by bearer abcdefgh1234");
    }

    @Then("nothing is said")
    public void nothing() {
        Optional.of(scenario).orElseThrow();
    }

    @Then("it is not so")
    public void notSo() {
        throw new AssertionError("Expected: so, token=s3cret\nLast seen: not so\nSeen on the way:\n  0.1 s not so");
    }

    @Then("a number is not as expected")
    public void number() {
        throw new AssertionError("seconds from the switch on: expected to be between [4, 15] but was 30");
    }

    @Then("the suite breaks")
    public void breaks() {
        throw new IllegalStateException("no such thing");
    }

    @Then("this fits twice")
    public void once() {
        Optional.of(scenario).orElseThrow();
    }

    @Then("this fits {word}")
    public void twice(String word) {
        Optional.of(word).orElseThrow();
    }
}
