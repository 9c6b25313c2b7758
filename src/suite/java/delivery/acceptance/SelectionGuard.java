package delivery.acceptance;

import delivery.criteria.Checklist;
import delivery.failure.InvalidSelection;
import delivery.features.Features;
import delivery.features.Finding;
import delivery.features.Selection;
import delivery.features.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Rejects wrong features or a wrong selection before a run begins: Cucumber stops at some of them with messages of its
 * own.
 */
final class SelectionGuard {

    private SelectionGuard() {
    }

    /**
     * Returns the number of selected scenarios, by the id of their criterion.
     *
     * @param folder    folder of the features
     * @param checklist criteria that the features must prove
     * @param system    properties that select scenarios
     * @throws InvalidSelection if they, or the features, are not right; the message lists everything to repair
     * @throws IOException      if the features cannot be read at all
     */
    static Map<String, Integer> selected(Path folder, Checklist checklist, Properties system) throws IOException {
        Features features = Features.read(folder);
        // The layout of a feature prevents no proof.
        List<String> findings = features.findings(checklist, Vocabulary.read()).stream()
                .filter(finding -> finding.kind() == Finding.Kind.MEANING).map(Finding::toString).toList();
        if (!findings.isEmpty()) {
            throw new InvalidSelection("Nothing is run, for the features are not right:\n" + String.join("\n", findings)
                    + "\nmake check reports the same in seconds");
        }
        return Selection.of(system).scenarios(features, checklist);
    }
}
