package delivery.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.traffic.ShareTolerance;
import io.cucumber.java.ParameterType;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    private final Words words = new Words();

    /** Editors can read an annotation's literal, but no constant in it. */
    @Test
    void whatAnnotationsHaveInOnePieceIsMadeOfTheSameParts() {
        String number = Words.NUMBER;
        assertThat(Stream.of(Words.class.getMethods()).filter(method -> method.isAnnotationPresent(ParameterType.class))
                .collect(Collectors.toMap(Method::getName,
                        method -> method.getAnnotation(ParameterType.class).value())))
                .containsAllEntriesOf(Map.of("requests", number + " requests?",
                        "rate", number + " requests?(?: a second| per second| each second|/s)",
                        "pods", number + " (?:pods?|replicas?)", "duration", Words.DURATION, "delay", Words.DURATION,
                        "pause", Words.BY_A_PERSON + "|for " + Words.DURATION,
                        "shares", Words.SHARE + "(?:(?:, and |, | and )" + Words.SHARE + ")*",
                        "judgement", number + " requests?(?:, 1 in " + number + " right (?:ones|shares) refused"
                                + "|,? within " + number + " (?:percentage )?points?)?"));
    }

    @Property(tries = 300)
    void aNumberIsReadInItsRangeAndRefusedBeyondIt(@ForAll @LongRange(max = 200_000) long number) {
        inRange(number, 100_000, words::requests, " requests", "1 to 100000");
        inRange(number, 500, words::rate, " requests a second", "1 to 500");
        inRange(number, 20, words::pods, " pods", "1 to 20");
        inRange(number % 30, 20, words::pods, " replicas", "1 to 20");
    }

    @ParameterizedTest
    @CsvSource({"0,false", "1,true", "20,true", "21,false", "99999999999999999999,false"})
    void theEndsOfTheRangeArePossible(String pods, boolean possible) {
        if (possible) {
            assertThat(words.pods(pods + " pods")).isEqualTo(Integer.parseInt(pods));
        } else {
            assertThatExceptionOfType(OutOfRange.class).isThrownBy(() -> words.pods(pods + " pods"));
        }
    }

    @Property(tries = 300)
    void aDurationIsTheSameInEveryUnit(@ForAll @IntRange(max = 700_000) int millis,
            @ForAll @IntRange(max = 12) int minutes) {
        duration(millis + " ms", Duration.ofMillis(millis));
        duration(String.format(Locale.ROOT, "%.3f seconds", millis / 1000.0), Duration.ofMillis(millis));
        duration(minutes + " min", Duration.ofMinutes(minutes));
        duration(minutes + "m", Duration.ofMinutes(minutes));
        duration(minutes * 60 + "s", Duration.ofMinutes(minutes));
    }

    @ParameterizedTest
    @CsvSource({"99 ms,false", "100 ms,true", "600000 milliseconds,true", "600001 milliseconds,false",
            "10 minutes,true",
        "10.001 minutes,false", "999999999999999999 s,false"})
    void theEndsOfADurationArePossible(String written, boolean possible) {
        if (possible) {
            assertThat(words.duration(written)).isPositive();
        } else {
            assertThatThrownBy(() -> words.duration(written)).isInstanceOf(OutOfRange.class)
                    .hasMessage("\"" + written + "\" is not possible: 100 ms to 10 minutes");
        }
    }

    @Property(tries = 200)
    void aDelayIsInWholeSeconds(@ForAll @IntRange(min = 100, max = 600_000) int millis) {
        if (millis % 1000 == 0) {
            assertThat(words.delay(millis + " ms")).isEqualTo(Duration.ofMillis(millis));
        } else {
            assertThatExceptionOfType(OutOfRange.class).isThrownBy(() -> words.delay(millis + " ms"))
                    .withMessageContaining("whole seconds");
        }
    }

    @Property(tries = 300)
    void sharesAreZeroToAHundredPercentAndTwentyAtMost(
            @ForAll @Size(min = 1, max = 24) List<@IntRange(max = 110) Integer> shares) {
        List<String> written = new ArrayList<>(shares.stream().map(share -> share + "%").toList());
        String last = written.remove(written.size() - 1);
        String sentence = written.isEmpty() ? last : String.join(", ", written) + " and " + last;

        if (shares.size() <= 20 && shares.stream().allMatch(share -> share <= 100)) {
            assertThat(words.shares(sentence)).isEqualTo(shares);
        } else {
            assertThatExceptionOfType(OutOfRange.class).isThrownBy(() -> words.shares(sentence));
        }
    }

    @Property(tries = 200)
    void aLimitInPointsNeedsTheRequestsThatTellIt(@ForAll @IntRange(min = 5, max = 50) int points,
            @ForAll @IntRange(min = 100, max = 2_000) int requests) {
        String written = requests + " requests, within " + points + " points";
        if (requests >= ShareTolerance.enough(points)) {
            assertThat(words.judgement(written))
                    .isEqualTo(new ShareTolerance(requests, OptionalDouble.empty(), OptionalInt.of(points)));
        } else {
            assertThatExceptionOfType(OutOfRange.class).isThrownBy(() -> words.judgement(written))
                    .withMessageContaining(ShareTolerance.enough(points) + " requests or more");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "100 requests|100|", "2,000 requests, 1 in 1,000 right ones refused|2000|0.001",
        "2000 requests, 1 in 20 right shares refused|2000|0.05",
        "2000 requests, 1 in 1000000000 right ones refused|2000|1e-9"})
    void aShareIsJudgedByChanceUnlessALimitIsFixed(String written, int requests, Double rate) {
        assertThat(words.judgement(written)).isEqualTo(new ShareTolerance(requests,
                rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate), OptionalInt.empty()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"99 requests", "100001 requests", "2000 requests, 1 in 19 right ones refused",
        "2000 requests, 1 in 1000000001 right ones refused", "100000 requests, within 51 points",
        "100000 requests, within 0 points"})
    void whatTellsNoShareIsRefused(String written) {
        assertThatExceptionOfType(OutOfRange.class).isThrownBy(() -> words.judgement(written));
    }

    private static void inRange(long number, int most, Function<String, Integer> read, String unit, String range) {
        String grouped = String.format(Locale.ROOT, "%,d", number) + unit;
        for (String written : List.of(number + unit, grouped)) {
            if (number >= 1 && number <= most) {
                assertThat(read.apply(written)).as(written).isEqualTo((int) number);
            } else {
                assertThatExceptionOfType(OutOfRange.class).as(written).isThrownBy(() -> read.apply(written))
                        .satisfies(refused -> assertThat(refused.possible()).isEqualTo(range));
            }
        }
    }

    private void duration(String written, Duration expected) {
        if (expected.compareTo(Duration.ofMillis(100)) < 0 || expected.compareTo(Duration.ofMinutes(10)) > 0) {
            assertThatExceptionOfType(OutOfRange.class).as(written).isThrownBy(() -> words.duration(written));
        } else {
            assertThat(words.duration(written)).as(written).isEqualTo(expected);
        }
    }
}
