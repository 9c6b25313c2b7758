package delivery.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgoCdRefusedTest {

    @ParameterizedTest
    @CsvSource({
        "401, invalid session, true",
        "403, permission denied, true",
        "400, 'destination does not match any of the allowed destinations in project ''shop''', true",
        "400, spec.source.repoURL is required, false",
        "404, not found, false"})
    void aProjectThatForbidsIsAWantOfPermissionToo(int status, String message, boolean forbidden) {
        assertThat(new ArgoCdRefused(status, message).forbidden()).isEqualTo(forbidden);
    }
}
