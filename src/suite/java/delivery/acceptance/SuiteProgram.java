package delivery.acceptance;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import delivery.criteria.Summary;
import delivery.verdict.EnvironmentNotFit;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** A run of the criteria as a program: what Maven runs, without Maven. Ends with the run's own exit code. */
public final class SuiteProgram {

    private static final int NO_VERDICT = 4;
    private static final int UNFIT = 3;

    private SuiteProgram() {
    }

    public static void main(String[] none) {
        SummaryGeneratingListener told = new SummaryGeneratingListener();
        LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(AcceptanceTest.class)).build(), told);
        Summary summary = AcceptanceTest.summary();
        int code = summary == null ? NO_VERDICT : summary.exitCode();
        told.getSummary().getFailures().stream().filter(failure -> code == 0 || summary == null)
                .forEach(failure -> System.out.println(failure.getException()));
        boolean unfit = told.getSummary().getFailures().stream()
                .anyMatch(failure -> failure.getException() instanceof EnvironmentNotFit);
        if (code == 0 && unfit) {
            System.exit(UNFIT);
        }
        System.exit(code == 0 && told.getSummary().getTotalFailureCount() > 0 ? NO_VERDICT : code);
    }
}
