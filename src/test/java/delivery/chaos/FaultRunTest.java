package delivery.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.report.RunRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The results that a run may report for a fault, and those that it may not. */
class FaultRunTest {

    private static final FaultCase TRAEFIK = FaultCase.all().stream().filter(known -> known.id().equals("traefik-kill"))
            .findFirst()
            .orElseThrow();
    private static final FaultInjection.Struck STRUCK =
            new FaultInjection.Struck(Optional.of(Duration.ofSeconds(2)), false);

    @Test
    void provenIsWell() {
        assertThat(trial("proven", "criterion", "", 0, STRUCK, List.of()).wrong()).isEmpty();
    }

    @Test
    void anEnvironmentThatIsNamedIsWell() {
        FaultRun trial = trial("not-run", "environment", "The gateway was not there\\nand more", 3, STRUCK, List.of());
        assertThat(trial.wrong()).isEmpty();
        assertThat(trial.reason()).isEqualTo("The gateway was not there");
    }

    @Test
    void aReasonNamesNoFolderOfThisMachine() {
        String folder = Path.of("").toAbsolutePath().toString();
        assertThat(trial("not-run", "environment", "The gateway wrote " + folder + "/target/a and " + folder + "/b", 3,
                STRUCK, List.of()).reason()).isEqualTo("The gateway wrote target/a and b");
    }

    @Test
    void anEnvironmentThatIsNotNamedIsNot() {
        assertThat(trial("not-run", "environment", "Something was not there", 3, STRUCK, List.of()).wrong())
                .singleElement().asString().contains("names none of");
    }

    @Test
    void whatWasSeenThenNamesNothing() {
        assertThat(trial("not-run", "environment", "Something was not there. Seen then: the gateway answered", 3,
                STRUCK, List.of()).wrong()).singleElement().asString().contains("names none of");
    }

    @Test
    void aCriterionThatIsNotMetIsNot() {
        assertThat(trial("not-met", "criterion", "the gateway served", 1, STRUCK, List.of()).wrong())
                .singleElement().asString().contains("neither proven nor");
    }

    @Test
    void aFaultOfTheSuiteIsNot() {
        assertThat(trial("not-run", "suite", "the gateway: NullPointerException", 4, STRUCK, List.of()).wrong())
                .singleElement().asString().contains("neither proven nor");
    }

    @Test
    void whatIsLeftIsNotNorAWrongExitCodeNorATroubleThatCameTooLate() {
        assertThat(trial("proven", "criterion", "", 1, new FaultInjection.Struck(Optional.empty(), true),
                List.of("namespace sample-api-can-3-x")).wrong()).hasSize(3);
    }

    private static FaultRun trial(String verdict, String cause, String reason, int exit, FaultInjection.Struck struck,
            List<String> left) {
        RunRecord run;
        try {
            run = new ObjectMapper().configure(
                    com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
                    .readValue("""
                    {"id": "x", "exitCode": %d, "criteria": [{"id": "CAN-3", "selected": true, "verdict": "%s",
                     "cause": "%s", "reason": "%s", "seconds": 1}]}
                    """.formatted(exit, verdict, cause, reason), RunRecord.class);
        } catch (com.fasterxml.jackson.core.JsonProcessingException unreadable) {
            throw new AssertionError(unreadable);
        }
        return FaultRun.of(TRAEFIK, run, exit, struck, left, Duration.ofSeconds(9));
    }
}
