package delivery.mutants;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mutants that break something that every delivery on the lab needs. They run one by one, and no others run meanwhile.
 */
@Isolated
class LonelyMutants {

    static Stream<Mutant> mutants() {
        return Laboratory.asked().filter(Mutant::alone);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("mutants")
    void isCaught(Mutant mutant) throws IOException {
        Laboratory.open().require(mutant);
    }

    /** JUnit runs isolated classes last. */
    @AfterAll
    static void render() throws IOException {
        Laboratory.open().render();
    }
}
