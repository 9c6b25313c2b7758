package delivery.mutants;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proof that the criteria can fail: each mutant breaks a delivery in one way, and exactly the right criteria report it.
 * Run with {@code make mutants}. Mutants that take long to show are {@link WaitingMutants}; mutants that break the lab
 * for all others are {@link LonelyMutants}.
 */
@Execution(ExecutionMode.CONCURRENT)
class SideBySideMutants {

    static Stream<Mutant> mutants() {
        return Laboratory.asked().filter(mutant -> !mutant.alone() && !mutant.waits());
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("mutants")
    void isCaught(Mutant mutant) throws IOException {
        Laboratory.open().require(mutant);
    }
}
