package delivery.mutants;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mutants that show only when the time limit of a wait is over. They leave the processor to others, so they are tried
 * at the same time as {@link SideBySideMutants}, one after the other.
 */
@Execution(ExecutionMode.CONCURRENT)
class WaitingMutants {

    static Stream<Mutant> mutants() {
        return Laboratory.asked().filter(mutant -> mutant.waits() && !mutant.alone());
    }

    @Execution(ExecutionMode.SAME_THREAD)
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("mutants")
    void isCaught(Mutant mutant) throws IOException {
        Laboratory.open().require(mutant);
    }
}
