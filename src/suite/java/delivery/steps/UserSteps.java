package delivery.steps;

import delivery.failure.InvalidSelection;
import delivery.release.Audience;
import delivery.release.ServedUsers;
import delivery.release.Version;
import delivery.rollout.ReleaseExpectations;
import delivery.route.RouteFindings;
import delivery.traffic.AnyOf;
import delivery.traffic.BackgroundTraffic;
import delivery.traffic.Sample;
import delivery.traffic.ServedOnlyBy;
import delivery.waiting.WaitLimit;
import io.cucumber.java.After;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

public final class UserSteps {

    /** Sample size at which one stray request in a hundred is seen 19 times in 20. */
    private static final int OF_USERS = 300;

    private final ScenarioWorld scene;
    private Optional<BackgroundTraffic> load = Optional.empty();

    public UserSteps(ScenarioWorld scene) {
        this.scene = scene;
    }

    @Given("users send {rate} all the while")
    public void users(int perSecond) {
        load = Optional.of(audience().comeAllTheWhile(BackgroundTraffic.longest(perSecond), perSecond));
    }

    @After
    public void stop() {
        load.ifPresent(BackgroundTraffic::close);
    }

    @Then("every request of the users was answered by the {version} version")
    public void usersAnsweredBy(VersionRole age) {
        String answer = scene.version(age).answers();
        Sample asked = askedAllTheWhile();
        scene.require(new ServedOnlyBy(audience().entrance().toString(), answer, Set.of()).complaint(asked));
        scene.saw(asked.served(answer) + " of " + asked.size() + " requests to " + audience().entrance()
                + " were answered by version " + answer);
    }

    @Then("no request of the users was/is lost")
    public void noneLost() {
        Sample asked = askedAllTheWhile();
        scene.require(new AnyOf("the users", answers(), false).complaint(asked));
        scene.saw("none of " + asked.size() + " requests of users was lost: " + asked.sentence());
    }

    @Then("users are answered by the {version} version only")
    public void usersHave(VersionRole age) {
        Version version = scene.version(age);
        scene.subject().served().awaitEnd(version);
        servedOnly(version, audience().sample(audience().version(), OF_USERS));
    }

    /** Does not wait first: users who had this version must not have left it. */
    @Then("users stay on the {version} version for {duration}")
    public void usersStay(VersionRole age, Duration time) {
        servedOnly(scene.version(age), audience().sample(audience().version(), OF_USERS, time));
    }

    private void servedOnly(Version version, Sample api) {
        ServedUsers served = audience().servedOnly(version, scene.known(), scene.pods(version),
                scene.rollout().ownService(), api, scene.requestJournal()::requests);
        scene.requestJournal().routes(served.routes());
        scene.require(served.complaint());
        scene.saw(served.sentence());
    }

    @Then("users are answered by the old/previous/stable and the new/next version")
    public void usersHaveBoth() {
        scene.subject().await(ReleaseExpectations.waitsAtPauseAfter(-1, scene.next().tag()), WaitLimit.PAUSE);
        servedBoth(scene.subject().served().sampleOfBoth(scene.next(), scene.rollout().askedWeight(), OF_USERS),
                audience().routes());
    }

    private void servedBoth(Sample users, RouteFindings routes) {
        scene.requestJournal().requests(users, audience().version());
        scene.requestJournal().routes(routes);
        scene.require(routes.and(new AnyOf("the users", answers(), true).complaint(users)));
        scene.saw("of " + users.size() + " requests of users " + users.sentence());
    }

    /** Returns all their requests, including those during an imminent switch, so that losses then count. */
    private Sample askedAllTheWhile() {
        BackgroundTraffic traffic = load.orElseThrow(UserSteps::noTraffic);
        scene.awaitSwitched();
        Sample asked = traffic.allTheWhile();
        scene.requestJournal().allTheWhile(asked);
        return asked;
    }

    private static InvalidSelection noTraffic() {
        return new InvalidSelection("No user sends requests in this scenario: add \"users send 25 requests a second all"
                + " the while\" before what they are to be sent through");
    }

    private Audience audience() {
        return scene.subject().audience();
    }

    private Set<String> answers() {
        return Set.of(scene.old().answers(), scene.next().answers());
    }
}
