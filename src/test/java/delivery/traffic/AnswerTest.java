package delivery.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnswerTest {

    private static final Answer SERVED = new Answer(Instant.EPOCH, 200, Optional.of("1"), Optional.of("a"),
            Optional.empty(), Duration.ZERO);

    @Test
    void onlyARequestWithoutAnAnswerWithinTheLimitIsLate() {
        String late = Answer.late(Duration.ofSeconds(10));
        assertThat(late).isEqualTo("no answer within 10 s");
        assertThat(Answer.lost(Instant.EPOCH, late, Duration.ofSeconds(10)).isLate()).isTrue();
        assertThat(Answer.lost(Instant.EPOCH, "connection refused", Duration.ZERO).isLate()).isFalse();
        assertThat(new Answer(Instant.EPOCH, 504, Optional.empty(), Optional.empty(), Optional.of(late), Duration.ZERO)
                .isLate()).as("a gateway's own words").isFalse();
        assertThat(SERVED.isLate()).isFalse();
    }

    @Test
    void anAnswerKnowsItsCookiesAndWhoServedItsUserBefore() {
        Answer again = SERVED.setting(Set.of("canary")).toUserOf(Optional.of("0"));
        assertThat(again.cookies()).containsExactly("canary");
        assertThat(again.before()).contains("0");
        assertThat(again.version()).contains("1");
        assertThat(SERVED.cookies()).isEmpty();
        assertThat(SERVED.before()).isEmpty();
    }
}
