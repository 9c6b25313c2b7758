package delivery.settings;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistanceTest {

    @ParameterizedTest
    @CsvSource({"kitten,sitting,3", "KEEP,KEEP,0", "KEEP,KEEPS,1", "'',abc,3", "abc,'',3"})
    void countsTheChanges(String one, String other, int changes) {
        assertThat(Distance.between(one, other)).isEqualTo(changes);
    }

    @Property(tries = 200)
    void isTheSameBothWaysAndNotLongerThanTheLongerWord(
            @ForAll @AlphaChars @StringLength(max = 12) String one,
            @ForAll @AlphaChars @StringLength(max = 12) String other) {
        int distance = Distance.between(one, other);

        assertThat(distance).isEqualTo(Distance.between(other, one));
        assertThat(distance).isBetween(Math.abs(one.length() - other.length()), Math.max(one.length(), other.length()));
        assertThat(distance == 0).isEqualTo(one.equals(other));
    }
}
