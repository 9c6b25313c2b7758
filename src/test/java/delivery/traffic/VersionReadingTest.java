package delivery.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class VersionReadingTest {

    @Test
    void aReleaseThatAnswersWithItsTagIsReadAtThePathOfTheLab() {
        assertThat(VersionReading.byTag().endpoint()).isEqualTo(Endpoint.VERSION);
        assertThat(VersionReading.byTag().inside()).isEqualTo(Endpoint.VERSION);
        assertThat(VersionReading.byTag().relation()).contains(TagRelation.EQUAL);
    }

    @Test
    void itsWordsSayWhereTheVersionIsAndHowItFollowsFromTheTag() {
        VersionReading answered = new VersionReading(Endpoint.VERSION, Optional.of("1.0.0"),
                TagRelation.between("v1.0.0", "1.0.0"));
        assertThat(answered.words("v1.0.0")).isEqualTo("/version (JSON /version) answers 1.0.0 for the tag v1.0.0:"
                + " its tag without its v");
        assertThat(answered.inside("/").words("v1.0.0"))
                .startsWith("/version (JSON /version), and a Service at / answers 1.0.0");
        assertThat(answered.inside("/").inside().version()).isEqualTo(Endpoint.VERSION.version());
        assertThat(new VersionReading(Endpoint.VERSION, Optional.empty(), Optional.empty()).words("abc"))
                .isEqualTo("/version (JSON /version) was not answered: they have nothing to do with each other");
    }
}
