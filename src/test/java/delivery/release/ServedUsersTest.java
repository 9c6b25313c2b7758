package delivery.release;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.route.RouteFindings;
import delivery.traffic.Endpoint;
import delivery.traffic.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServedUsersTest {

    private static final Version OLD = new Version("1.0.0", "1.0.0");
    private static final RouteFindings RIGHT = new RouteFindings(List.of(), List.of("told"), List.of());
    private static final RouteFindings WRONG =
            new RouteFindings(List.of("IngressRoute shop (/) leads elsewhere"), List.of(), List.of());

    @Test
    void allThatIsRightIsOneSentence() {
        ServedUsers served = served(RIGHT, "1.0.0", Optional.of("1.0.0"), Optional.empty());
        assertThat(served.complaint()).isEmpty();
        assertThat(served.sentence())
                .isEqualTo("3 of 3 requests to the gateway and 3 of 3 for the page were answered by version 1.0.0");
    }

    @Test
    void aPageThatIsNotJudgedIsReported() {
        ServedUsers served = served(RIGHT, "1.0.0", Optional.empty(), Optional.of("HTTP 404"));
        assertThat(served.complaint()).isEmpty();
        assertThat(served.sentence()).isEqualTo(
                "3 of 3 requests to the gateway were answered by version 1.0.0; the page / was not judged: HTTP 404");
    }

    @Test
    void theUsersCookiesAreListed() {
        assertThat(new ServedUsers("the gateway", OLD, Set.of(), RIGHT, sample("1.0.0"), Optional.empty(),
                Optional.of("HTTP 404"),
                List.of("route (set by x)")).sentence())
                .isEqualTo("3 of 3 requests to the gateway were answered by version"
                        + " 1.0.0, to users who kept the cookies route (set by x); the page / was not judged: HTTP"
                        + " 404");
    }

    /** This happens when only a path other than the API's is routed to the canary Service. */
    @Test
    void thePageAloneIsEnoughToBeWrong() {
        assertThat(served(RIGHT, "1.0.0", Optional.of("1.1.0"), Optional.empty()).complaint()).contains(
                "Every one of 3 requests to the gateway for the page / must be answered by version 1.0.0; 3 were"
                        + " answered by"
                        + " version 1.1.0");
    }

    @Test
    void theRoutesAreSaidFirstAndAreEnoughToBeWrong() {
        assertThat(served(WRONG, "1.0.0", Optional.of("1.0.0"), Optional.empty()).complaint())
                .contains("IngressRoute shop (/) leads elsewhere");
        assertThat(served(WRONG, "1.1.0", Optional.of("1.0.0"), Optional.empty()).complaint())
                .hasValueSatisfying(words -> assertThat(words)
                        .startsWith("IngressRoute shop (/) leads elsewhere. Every one of"));
    }

    private static ServedUsers served(RouteFindings routes, String api, Optional<String> page,
            Optional<String> noPage) {
        return new ServedUsers("the gateway", OLD, Set.of(), routes, sample(api),
                page.map(ServedUsersTest::sample), noPage,
                List.of());
    }

    private static Sample sample(String version) {
        return new Sample(Collections.nCopies(3, Endpoint.VERSION.read(Instant.EPOCH, 200,
                "{\"version\": \"" + version + "\"}", Map.of(), Duration.ZERO)));
    }
}
