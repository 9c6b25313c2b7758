package delivery.steps;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.history.Discrepancies;
import delivery.history.HistoryEntry;
import delivery.history.RecordedCall;
import io.cucumber.java.en.Then;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

public final class HistorySteps {

    private final ScenarioWorld scene;

    public HistorySteps(ScenarioWorld scene) {
        this.scene = scene;
    }

    @ReadsDeployment
    @Then("the Session History tells each command of this case, when it was used and what was observed")
    public void tells() throws IOException {
        List<HistoryEntry> entries = entries();
        scene.journal().evidence().table("Session History of this case", List.of("UTC time", "command", "outcome"),
                entries.stream().map(entry -> List.of(entry.at().toString(), entry.command(), entry.outcome()))
                .toList());
        assertThat(entries).as("commands in the Session History of this case").extracting(HistoryEntry::command)
                .anyMatch(command -> command.startsWith("argocd app create "))
                .anyMatch(command -> command.startsWith("argocd app set "))
                .anyMatch(command -> command.startsWith("kubectl argo rollouts promote "));
        assertThat(entries).as("outcomes in the Session History").allMatch(entry -> !entry.outcome().isBlank());
        scene.saw("the Session History has " + entries.size() + " commands of this case, each with time and outcome");
    }

    @Then("it tells just the calls that were really made")
    public void tellsJustThose() throws IOException {
        List<HistoryEntry> entries = entries();
        List<RecordedCall> ran = new ArrayList<>(scene.run().releases().calls(scene.criterion()));
        // The version may have been built by another case, which tells of that.
        scene.run().recorders().calls().exchangesOf(scene.next().tag()).stream()
                .filter(exchange -> exchange.target().equals("registry"))
                .filter(push -> entries.stream().anyMatch(entry -> entry.call().contains(push.path())))
                .forEach(ran::add);
        assertThat(Discrepancies.between(entries, ran,
                List.of(scene.criterion().id()), scene.run().begun(), Instant.now()))
                .as("where the Session History and the calls that went out differ").isEmpty();
        scene.saw("they tell the " + ran.size() + " calls that went out, and no other");
    }

    private List<HistoryEntry> entries() throws IOException {
        return scene.run().writtenHistory().stream()
                .filter(entry -> entry.criterion().equals(scene.criterion().id())).toList();
    }
}
