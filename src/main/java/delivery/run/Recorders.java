package delivery.run;

import delivery.evidence.Evidence;
import delivery.evidence.Redaction;
import delivery.history.CallLog;
import delivery.history.SessionHistory;
import delivery.settings.Secret;
import java.time.Clock;
import java.util.List;

/**
 * The records that a run keeps of what was done and seen, without secrets.
 *
 * @param redaction takes the secrets out
 * @param calls     that changed something
 * @param history   what was done for each criterion
 * @param evidence  what the report shows beside the steps
 */
public record Recorders(Redaction redaction, CallLog calls, SessionHistory history, Evidence evidence) {

    /** @param secrets those whose values are known */
    static Recorders hiding(List<Secret> secrets) {
        Redaction redaction = new Redaction(secrets);
        return new Recorders(redaction, new CallLog(redaction), new SessionHistory(Clock.systemUTC(), redaction),
                new Evidence(redaction));
    }
}
