package delivery.acceptance;

import delivery.criteria.Checklist;
import delivery.criteria.InvalidChecklist;
import delivery.features.Features;
import delivery.features.Finding;
import delivery.features.InvalidSelection;
import delivery.features.Selection;
import delivery.features.Vocabulary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Features or a selection that are not right. Cucumber gives up at some of them before a run has begun, with no report and
 * in its own words. So what was asked for is put aside, and one scenario that does nothing is discovered instead: the run
 * begins, says what is wrong, and writes its reports.
 */
public final class Refusal implements LauncherSessionListener {

    private static final Path INSTEAD = Path.of("src/suite/resources/nothing-is-run.feature");

    /** It warns of cucumber.features, by which a person names a line; that it runs once, the engine's settings see to. */
    private static final Logger WARNINGS = Logger.getLogger("org.junit.platform.launcher.core.DiscoveryIssueNotifier");

    private boolean aside;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        try {
            selected(AcceptanceTest.features());
            Selection.nameAnywhere(System.getProperties());
        } catch (InvalidSelection refused) {
            Selection.putAside(System.getProperties());
            System.setProperty(Selection.FEATURES, INSTEAD.toString());
            aside = true;
        } catch (InvalidChecklist told) {
            return; // the run tells it
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The features cannot be read", unreadable);
        }
        if (System.getProperty(Selection.FEATURES) != null) {
            WARNINGS.setLevel(Level.SEVERE);
        }
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (aside) {
            Selection.putBack(System.getProperties());
        }
    }

    /**
     * How many scenarios are asked for, by the id of their criterion.
     *
     * @throws InvalidSelection if they, or the features, are not right; the message says all that is to be mended
     */
    static Map<String, Integer> selected(Path folder) throws IOException {
        Features features = Features.read(folder);
        Checklist checklist = Checklist.read(features.task());
        // How a feature is written keeps nothing from being proved.
        List<String> findings = features.findings(checklist, Vocabulary.read()).stream()
                .filter(finding -> finding.kind() == Finding.Kind.MEANING).map(Finding::toString).toList();
        if (!findings.isEmpty()) {
            throw new InvalidSelection("Nothing is run, for the features are not right:\n" + String.join("\n", findings)
                    + "\nmake check tells the same in seconds");
        }
        return Selection.of(System.getProperties()).scenarios(features, checklist);
    }
}
