package delivery.run;

import delivery.argocd.ArgoCdRefused;
import delivery.environment.DeliverySurvey;
import delivery.environment.Platform;
import delivery.failure.EnvironmentNotFit;
import delivery.history.CallLog;
import delivery.lab.Lab;
import delivery.layout.Layout;
import delivery.settings.Settings;
import java.util.Map;
import java.util.Properties;

/** Looks at the delivery that the settings name, and changes nothing. */
public final class LayoutInspection {

    private LayoutInspection() {
    }

    /**
     * What is found of it. Without a KUBECONFIG the lab is looked at, which is started if it does not run.
     *
     * @throws delivery.failure.WrongInput         if the settings are wrong
     * @throws delivery.failure.EnvironmentNotFit if something cannot be read
     */
    public static Layout layout(Map<String, String> environment, Properties system) {
        Settings.given(environment, system);
        boolean cluster = !system.getProperty("KUBECONFIG", environment.getOrDefault("KUBECONFIG", "")).isBlank();
        Settings settings = Settings.load(environment, system,
                cluster ? Map.of() : new Lab(Bootstrap.LAB).up(line -> { }));
        try (Platform platform = Platform.open(settings, new CallLog())) {
            return DeliverySurvey.of(platform, settings.application()).layout();
        } catch (ArgoCdRefused refused) {
            throw new EnvironmentNotFit(refused.getMessage(), "Give the user of ARGOCD_AUTH_TOKEN the permissions that"
                    + " src/doc/own-cluster.md lists", refused);
        }
    }
}
