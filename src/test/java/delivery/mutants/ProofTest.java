package delivery.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProofTest {

    private static final String REASON = "not-met, criterion: Service a is not there\nExpected: it is healthy";

    @Test
    void theCauseMustBeInTheFirstSentenceWhereThatIsAsked() {
        assertThat(proof(false, "healthy").complaints()).isEmpty();
        assertThat(proof(true, "Service a", "not-met").complaints()).isEmpty();
        assertThat(proof(true, "healthy").complaints()).containsExactly(
                "the first sentence of the reason of BG-1 does not say \"healthy\": " + REASON);
        assertThat(proof(false, "elsewhere").complaints()).containsExactly(
                "the reason of BG-1 does not say \"elsewhere\": " + REASON);
    }

    private static Proof proof(boolean first, String... words) {
        return new Proof(new Mutant("a", "chart", "what", null, null, null, null, null, null, null, null, null,
                Map.of("BG-1", List.of(words)), Map.of("BG-2", List.of("elsewhere")), null, null, false, first),
                Map.of("BG-1", REASON), 1, Duration.ZERO, "");
    }
}
