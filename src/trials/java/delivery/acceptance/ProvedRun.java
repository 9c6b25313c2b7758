package delivery.acceptance;

import delivery.criteria.Summary;
import java.util.Map;

/** A run of the criteria within a test's own process. */
public final class ProvedRun {

    private ProvedRun() {
    }

    /**
     * Runs the criteria that a tag expression selects.
     *
     * @param settings that differ from those of this process
     * @return the summary of the run
     */
    public static Summary prove(String tags, Map<String, String> settings) {
        settings.forEach(System::setProperty);
        try {
            Main.run("--tags", tags);
            return SuiteRun.current().summary();
        } finally {
            System.clearProperty("cucumber.filter.tags");
            settings.keySet().forEach(System::clearProperty);
        }
    }
}
