package delivery.release;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.registry.ImageName;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionsTest {

    /** A version in the sense of updaters: one, two or three numbers, with optional suffixes. */
    private static final String SEMVER = "v?\\d+(\\.\\d+){0,2}(-[\\w.-]+)?(\\+[\\w.-]+)?";

    @Property(tries = 300)
    void theNextMinorVersionIsNewer(@ForAll @IntRange(max = 999_999) int major,
            @ForAll @IntRange(max = 999_999) int minor,
            @ForAll @IntRange(max = 999_999) int patch, @ForAll boolean prefixed) {
        String prefix = prefixed ? "v" : "";
        assertThat(Versions.after(prefix + major + "." + minor + "." + patch))
                .isEqualTo(prefix + major + "." + (minor + 1L) + ".0");
    }

    @Property(tries = 500)
    void whateverTheTagTheNextOnesAreTagsAndDifferFromItAndFromEachOther(@ForAll("tags") String tag) {
        String next = Versions.after(tag);
        String newer = Versions.after(next);

        assertThat(next).isNotEqualTo(tag);
        assertThat(newer).isNotEqualTo(next).isNotEqualTo(tag);
        for (String version : new String[] {next, newer}) {
            assertThat(new ImageName("ghcr.io", "sample-team/sample-api", Versions.tag("run7", version)).tag())
                    .startsWith("acceptance-run7-" + version.charAt(0)).doesNotMatch(SEMVER);
        }
    }

    @Property(tries = 300)
    void noTwoOfManyVersionsHaveTheSameTag(@ForAll("tags") String tag) {
        List<String> many = IntStream.rangeClosed(1, 40)
                .mapToObj(number -> Versions.tag("run7", Versions.after(tag, number))).toList();
        assertThat(many).doesNotHaveDuplicates().doesNotContain(Versions.tag("run7", tag));
    }

    @Test
    void noUpdaterTakesATagOfARunForARelease() {
        assertThat("v1.1.0").matches(SEMVER);
        assertThat(Versions.tag("abcde", "v1.1.0")).isEqualTo("acceptance-abcde-v1.1.0").doesNotMatch(SEMVER);
        assertThat(new ImageName("ghcr.io", "a/b", Versions.tag("a".repeat(63), "1".repeat(128)) + "-faulty-by-mistake")
                .tag())
                .hasSizeLessThanOrEqualTo(128);
    }

    @ParameterizedTest
    @CsvSource({"1.4.2,1.5.0", "v1.9.0,v1.10.0", "1.4.2-rc,1.5.0", "1.4.2-rc.1,1.4.2-rc.1-next", "1.4,1.4-next",
        "latest,latest-next", "1.x.0,1.x.0-next", "1.2.3.4,1.2.3.4-next", "1.1234567.0,1.1234567.0-next",
        "a1.2.3,a1.2.3-next"})
    void whatIsNoNumberGetsASuffix(String version, String next) {
        assertThat(Versions.after(version)).isEqualTo(next);
    }

    @Provide
    Arbitrary<String> tags() {
        return Arbitraries.strings().withChars("019.-_vx").ofMinLength(1).ofMaxLength(40)
                .filter(text -> text.matches("\\w.*"));
    }
}
