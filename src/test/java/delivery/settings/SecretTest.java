package delivery.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void isSeenOnlyWhereItIsRevealed() {
        Secret secret = new Secret("abc");

        assertThat(secret.reveal()).isEqualTo("abc");
        assertThat(secret).hasToString("(secret)");
    }

    @Test
    void isNeverBlank() {
        assertThatThrownBy(() -> new Secret(" ")).isInstanceOf(IllegalArgumentException.class);
    }
}
