package delivery.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableCellTest {

    @Test
    void neitherABorderNorAnEndOfLineIsLeft() {
        assertThat(TableCell.of("a|b\n  c")).isEqualTo("a\\|b c");
    }
}
