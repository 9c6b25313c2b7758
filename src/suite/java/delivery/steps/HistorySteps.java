package delivery.steps;

import delivery.history.Discrepancies;
import delivery.history.HistoryCoverage;
import delivery.history.HistoryEntry;
import delivery.history.RecordedCall;
import io.cucumber.java.en.Then;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

public final class HistorySteps {

    private final ScenarioWorld scene;

    public HistorySteps(ScenarioWorld scene) {
        this.scene = scene;
    }

    @ReadsDeployment
    @Then("the Session History lists each command of this case, when it was used and what was observed")
    public void lists() throws IOException {
        List<HistoryEntry> entries = entries();
        scene.journal().evidence().table("Session History of this case", HistoryEntry.HEADER,
                entries.stream().map(HistoryEntry::row).toList());
        scene.require(new HistoryCoverage(scene.subject().commands()).complaint(entries));
        scene.saw("the Session History has " + entries.size() + " commands of this case, each with time and outcome");
    }

    @Then("it lists only calls that were really made")
    public void listsOnlyThose() throws IOException {
        List<RecordedCall> ran = scene.run().releases().calls(scene.criterion(), scene.next().tag(), entries());
        scene.require(Discrepancies.complaint(Discrepancies.between(entries(), ran, List.of(scene.criterion().id()),
                scene.run().begun(), Instant.now())));
        scene.saw("they are the " + ran.size() + " calls that went out, and no other");
    }

    private List<HistoryEntry> entries() throws IOException {
        return scene.run().writtenHistory().stream()
                .filter(entry -> entry.criterion().equals(scene.criterion().id())).toList();
    }
}
