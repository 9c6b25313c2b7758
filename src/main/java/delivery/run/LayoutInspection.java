package delivery.run;

import delivery.argocd.ArgoCdRefused;
import delivery.environment.DeliverySurvey;
import delivery.environment.PermissionSurvey;
import delivery.environment.Platform;
import delivery.failure.EnvironmentNotFit;
import delivery.history.CallLog;
import delivery.lab.Lab;
import delivery.layout.Provability;
import delivery.settings.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;

/** Inspects the layout of the delivery that the settings name, without changing anything. */
public final class LayoutInspection {

    /** The time limit of each answer, because a person waits: a part that takes longer is reported instead. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(3);

    private LayoutInspection() {
    }

    /**
     * Returns which criteria can be proved of the delivery, judged by its layout. Without KUBECONFIG the delivery is
     * the lab's, and the lab is started if it is not running.
     *
     * @param lab receives the lab's messages in the meantime
     * @throws delivery.failure.WrongInput         if the settings are wrong
     * @throws delivery.failure.EnvironmentNotFit if something cannot be read
     */
    public static Provability of(Map<String, String> environment, Properties system, Consumer<String> lab) {
        Settings.given(environment, system);
        boolean cluster = !system.getProperty("KUBECONFIG", environment.getOrDefault("KUBECONFIG", "")).isBlank();
        Settings settings = Settings.load(environment, system,
                cluster ? Map.of() : new Lab(Bootstrap.LAB).up(lab));
        Duration longest = LONGEST_ANSWER.multipliedBy((long) Math.ceil(settings.patience()));
        try (Platform platform = Platform.open(settings, new CallLog(), longest)) {
            DeliverySurvey survey = DeliverySurvey.of(platform, settings.application());
            return new Provability(survey.layout().with(PermissionSurvey.of(platform, survey.project())),
                    settings.inPlace(), settings.inPlace() && settings.pausesSync());
        } catch (ArgoCdRefused refused) {
            throw new EnvironmentNotFit(refused.getMessage(), "Give the user of ARGOCD_AUTH_TOKEN the permissions that"
                    + " src/doc/own-cluster.md lists", refused);
        }
    }
}
