package delivery.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.failure.EnvironmentNotFit;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentFailureTest {

    @Test
    void anApiThatDoesNotAnswerInTimeIsNoFaultOfTheSuite() {
        assertThat(EnvironmentFailure.in(new KubernetesClientException("timed out", new TimeoutException())))
                .isPresent();
        assertThat(EnvironmentFailure.in(new KubernetesClientException("refused", new IOException()))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 429, 500, 503})
    void anApiThatRefusesIsNoFaultOfTheSuite(int code) {
        assertThat(EnvironmentFailure.in(new IllegalStateException(new KubernetesClientException("no", code, null))))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 422})
    void aRequestThatIsWrongIsTheSuitesOwn(int code) {
        assertThat(EnvironmentFailure.in(new KubernetesClientException("no", code, null))).isEmpty();
    }

    @Test
    void whatIsNotMetIsNotTheEnvironment() {
        assertThat(EnvironmentFailure.in(new AssertionError("no"))).isEmpty();
        EnvironmentNotFit unfit = new EnvironmentNotFit("it is not there", "see to it");
        assertThat(EnvironmentFailure.in(new RuntimeException(unfit))).containsSame(unfit);
    }
}
