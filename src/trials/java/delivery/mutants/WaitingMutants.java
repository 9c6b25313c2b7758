package delivery.mutants;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mutants that are seen only when the time for something is over. They leave the processor to others, and so are tried
 * beside {@link SideBySideMutants}, one after the other.
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
