package delivery.criteria;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExitCodeTest {

    @Test
    void eachCodeHasItsMeaningInOrder() {
        assertThat(ExitCode.meanings())
                .containsEntry("0", "every selected criterion is proven").containsEntry("1", "a criterion is not met");
        assertThat(ExitCode.meanings().keySet()).containsExactly("0", "1", "2", "3", "4");
        assertThat(ExitCode.SUITE.meaning()).startsWith("internal error in the suite");
    }
}
