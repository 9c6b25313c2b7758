package delivery.acceptance;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import delivery.criteria.Summary;
import java.util.Map;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A run of the criteria inside of a test. */
public final class ProvedRun {

    private ProvedRun() {
    }

    /**
     * Runs the criteria that a tag expression selects.
     *
     * @param settings that differ from those of this process
     * @return what the run found
     */
    public static Summary prove(String tags, Map<String, String> settings) {
        System.setProperty("cucumber.filter.tags", tags);
        settings.forEach(System::setProperty);
        try {
            LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectClass(AcceptanceTest.class)).build());
            return AcceptanceTest.summary();
        } finally {
            System.clearProperty("cucumber.filter.tags");
            settings.keySet().forEach(System::clearProperty);
        }
    }
}
