package delivery.rollout;

import static delivery.rollout.ReleaseFixture.blueGreen;
import static delivery.rollout.ReleaseFixture.release;
import static delivery.rollout.ReleaseFixture.waiting;
import static delivery.rollout.ReleaseFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissingReferencesTest {

    private static Release pod(String reason, String message) {
        return with(release(blueGreen("2", "phase:'Progressing'")), waiting("new", reason, message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "CreateContainerConfigError|secret \"db\" not found|Secret db",
        "CreateContainerConfigError|configmap \"image-settings.v2\" not found|ConfigMap image-settings.v2",
        "CreateContainerConfigError|couldn`t find key password in Secret shop/db|",
        "CrashLoopBackOff|secret \"db\" not found|", "CreateContainerConfigError|container has runAsNonRoot|"})
    void anObjectThatIsNotThereIsNamed(String reason, String message, String need) {
        assertThat(MissingReferences.object(pod(reason, message)).map(NamespacedObject::toString).orElse(null))
                .isEqualTo(need);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ErrImagePull|failed to authorize: failed to fetch anonymous token: unexpected status: 401 Unauthorized|true",
        "ImagePullBackOff|Back-off pulling image: unexpected status from HEAD request: 403 Forbidden|true",
        "ErrImagePull|pull access denied, repository does not exist or may require authorization|true",
        "ErrImagePull|no basic auth credentials|true", "ErrImagePull|manifest unknown: no tag 1.4013|false",
        "ErrImagePull|dial tcp 10.4.0.3:4403: connect: connection refused|false",
        "CrashLoopBackOff|401 Unauthorized|false"})
    void aRegistryThatRefusesIsReported(String reason, String message, boolean refused) {
        assertThat(MissingReferences.credentials(pod(reason, message)).isPresent()).isEqualTo(refused);
    }
}
