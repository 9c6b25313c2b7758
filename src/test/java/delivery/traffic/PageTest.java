package delivery.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTest {

    private static final Page PAGE = Page.naming("1.0.0", "1.1.0-abcde");

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Version <strong>1.0.0</strong>|1.0.0", "v1.0.0.|1.0.0", "(1.1.0-abcde)|1.1.0-abcde",
                "\"version\":\"1.0.0\"|1.0.0",
        "1.0.0, and 1.0.0|1.0.0"})
    void aPageTellsItsVersionByAWord(String body, String version) {
        assertThat(read(200, body).version()).contains(version);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1.0.0-rc.1|HTTP 200 without a version", "11.0.0|HTTP 200 without a version",
                "1.0.0.1|HTTP 200 without a version",
        "2-1.0.0|HTTP 200 without a version", "1.0.0_2|HTTP 200 without a version",
        "1.1.0-abcdef|HTTP 200 without a version", "it works|HTTP 200 without a version",
        "1.1.0-abcde replaces 1.0.0|HTTP 200 with several versions"})
    void aPageThatDoesNotTellSaysSo(String body, String why) {
        assertThat(read(200, body).version()).isEmpty();
        assertThat(read(200, body).failure()).contains(why);
    }

    @Test
    void anErrorIsNoPage() {
        assertThat(read(404, "1.0.0").failure()).contains("HTTP 404");
        assertThat(read(404, "1.0.0").version()).isEmpty();
    }

    private static Answer read(int status, String body) {
        return PAGE.read(Instant.now(), status, body, Map.of(), Duration.ZERO);
    }
}
