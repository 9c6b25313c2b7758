package delivery.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DenialTest {

    @Test
    void aQuotaIsTheClustersUnlessItBelongsToTheDelivery() {
        Denial denial = new Denial("pods \"a-1\" is forbidden: exceeded quota: small, requested: pods=1");
        assertThat(denial.quota()).contains("small");
        assertThat(denial.reason()).isEqualTo("exceeded quota: small, requested: pods=1");
        assertThat(denial.remedy(Set.of(), true)).get().asString().contains("small");
        assertThat(denial.remedy(Set.of("small"), false)).isEmpty();
    }

    @Test
    void aWebhookThatDoesNotAnswerIsTheEnvironmentsWhateverIsRefused() {
        Denial denial =
                new Denial("Internal error occurred: failed calling webhook \"check.example.org\": failed to call"
                + " webhook: Post \"https://check\": no endpoints available for service \"check\"");
        assertThat(denial.remedy(Set.of(), true)).contains("See whether the webhook check.example.org runs");
        assertThat(denial.quota()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"admission webhook \"policy\" denied the request: no team label",
            "pods \"a\" is forbidden: violates PodSecurity \"restricted:latest\": privileged",
            "pods \"a\" is forbidden: minimum memory usage per Container is 1Gi, but request is 32Mi",
            "pods \"a\" is forbidden: error looking up service account shop/app: serviceaccount \"app\" not found",
            "pods \"a\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no"})
    void aPolicyIsTheEnvironmentsUnlessWhatIsRefusedDiffersFromWhatRuns(String message) {
        assertThat(new Denial(message).remedy(Set.of(), false)).isPresent();
        assertThat(new Denial(message).remedy(Set.of(), true)).isEmpty();
    }

    @Test
    void whatIsInvalidIsTheDeliverys() {
        assertThat(new Denial("Service \"a\" is invalid: spec.ports: Required value").remedy(Set.of(), false))
                .isEmpty();
    }
}
