package delivery.steps;

import delivery.run.Run;
import io.cucumber.picocontainer.CucumberPicoProvider;
import java.util.Optional;
import org.picocontainer.injectors.ProviderAdapter;

/** Provides each scenario with the run that it belongs to. */
@CucumberPicoProvider
public final class RunProvider extends ProviderAdapter {

    private static volatile Optional<Run> current = Optional.empty();

    /** Makes scenarios belong to this run from now on. */
    public static void use(Run run) {
        current = Optional.of(run);
    }

    /**
     * Returns the run of the scenario that asks.
     *
     * @throws IllegalStateException if no run has begun
     */
    public Run provide() {
        return current.orElseThrow(() -> new IllegalStateException("No run has begun that this scenario could belong"
                + " to. Start it by make acceptance, or by io.cucumber.core.cli.Main with cucumber.properties on the"
                + " class path: the plugin that it names, delivery.acceptance.CriteriaPlugin, begins the run"));
    }
}
