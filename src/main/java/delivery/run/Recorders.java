package delivery.run;

import delivery.evidence.Evidence;
import delivery.evidence.Redaction;
import delivery.history.CallLog;
import delivery.history.SessionHistory;
import delivery.settings.Secret;
import java.time.Clock;
import java.util.List;

/**
 * The records that a run keeps of its actions and observations, without secrets.
 *
 * @param redaction removes the secrets
 * @param calls     calls that changed something
 * @param history   actions for each criterion
 * @param evidence  evidence that the report shows next to the steps
 */
public record Recorders(Redaction redaction, CallLog calls, SessionHistory history, Evidence evidence) {

    /** @param secrets the secrets with known values */
    static Recorders hiding(List<Secret> secrets) {
        Redaction redaction = new Redaction(secrets);
        return new Recorders(redaction, new CallLog(redaction), new SessionHistory(Clock.systemUTC(), redaction),
                new Evidence(redaction));
    }
}
