package delivery.criteria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureSentenceTest {

    static Stream<Arguments> assertions() {
        return Stream.of(
                failing(() -> assertThat("Running").as("phase of the analysis: [a] 1 of 3").isEqualTo("Failed"),
                        "phase of the analysis: [a] 1 of 3: expected \"Failed\" but was \"Running\""),
                failing(() -> assertThat(2).as("pods that the Rollout asks for").isEqualTo(3),
                        "pods that the Rollout asks for: expected 3 but was 2"),
                failing(() -> assertThat(Duration.ofSeconds(30)).as("from the switch to the end; the delay is 5 s")
                        .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(15)),
                        "from the switch to the end; the delay is 5 s: expected to be between [4 s, 15 s] but was 30"
                                + " s"),
                failing(() -> assertThat(Set.of("1.0.0")).as("versions that answered users")
                        .containsExactlyInAnyOrder("1.0.0", "1.1.0"),
                        "versions that answered users: expected to contain exactly in any order [\"1.0.0\", \"1.1.0\"]"
                                + " but was [\"1.0.0\"] (could not find the following elements [\"1.1.0\"])"),
                failing(() -> assertThat(new TreeMap<>(Map.of("HTTP 502", 3))).as("failed requests, of 300").isEmpty(),
                        "failed requests, of 300: expected empty but was {\"HTTP 502\"=3}"),
                failing(() -> assertThat(List.of("a")).as("differences").isEmpty(),
                        "differences: expected empty but was [\"a\"]"),
                failing(() -> assertThat(false).as("pod a runs b, pushed was c").isTrue(),
                        "pod a runs b, pushed was c: expected to be true but was false"),
                failing(() -> assertThat(true).as("the analysis was told to end").isFalse(),
                        "the analysis was told to end: expected to be false but was true"),
                failing(() -> assertThat(List.of()).as("weights of values.yaml").isNotEmpty(),
                        "weights of values.yaml: expected actual not to be empty"),
                failing(() -> assertThat(0).as("measurements that were judged").isPositive(),
                        "measurements that were judged: expected to be greater than 0 but was 0"),
                failing(() -> assertThat("a").as("the strategy").isNotEqualTo("a"),
                        "the strategy: expected not to be equal to \"a\" but was \"a\""),
                failing(() -> assertThat("it\nbroke").as("the reason").contains("RolloutAborted"),
                        "the reason: expected to contain \"RolloutAborted\" but was \"it broke\""),
                failing(() -> assertThat(Set.of("3")).as("versions").isSubsetOf("1", "2"),
                        "versions: expected to be subset of [\"1\", \"2\"] but was [\"3\"]"
                                + " (found these extra elements [\"3\"])"),
                failing(() -> assertThat(List.of("a")).as("Services").containsAll(List.of("b")),
                        "Services: expected to contain [\"b\"] but was [\"a\"]"),
                failing(() -> assertThat(Set.of("a", "b")).as("pods").hasSize(1),
                        "pods: expected a size of 1 but was 2 in"),
                failing(() -> assertThat(Optional.of("a")).as("hash of the stable version").contains("b"),
                        "hash of the stable version: expected to contain \"b\" but was Optional[a]"),
                failing(() -> assertThat(Optional.empty()).as("hash of the stable version").contains("b"),
                        "hash of the stable version: expected Optional to contain \"b\" but was empty."),
                failing(() -> assertThat(Map.of("image.tag", "1")).as("what it compared with")
                        .containsEntry("image.tag", "2"), "what it compared with: expected to contain entries"),
                failing(() -> assertThat(List.of("a")).as("commands").anyMatch("b"::equals),
                        "commands: expected any elements of [\"a\"] to match given predicate but none did."),
                failing(() -> assertThat(2).isEqualTo(3), "expected 3 but was 2"));
    }

    @ParameterizedTest
    @MethodSource("assertions")
    void whatAssertJLaysOutIsOneSentenceWithBothValues(ThrowingCallable assertion, String sentence) {
        String message = catchThrowableOfType(AssertionError.class, assertion).getMessage();

        assertThat(FailureSentence.of(message)).startsWith(sentence).doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Every one of 300 requests must be answered by version 1; none was sent",
        "Expected: it is there\nLast seen: it is not\nSeen on the way:\n0.1 s no", "", "[a] b", "Two lines\nof it",
        "expected: this is a sentence", "Expected to see it"})
    void anyOtherMessageStaysAsItIs(String message) {
        assertThat(FailureSentence.of(message)).isEqualTo(message);
    }

    private static Arguments failing(ThrowingCallable assertion, String sentence) {
        return Arguments.of(assertion, sentence);
    }

    @Test
    void theShortLineHasBothValues() {
        String message = catchThrowableOfType(AssertionError.class,
                () -> assertThat(2).as("pods").isBetween(4, 5)).getMessage();
        assertThat(Result.notMet(FailureSentence.of(message), Duration.ZERO).sentence())
                .isEqualTo("pods: expected to be between [4, 5] but was 2");
    }
}
