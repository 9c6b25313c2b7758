package delivery.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import delivery.failure.EnvironmentNotFit;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient
class ControllerProbeTest {

    private static final String PATH = "/apis/argoproj.io/v1alpha1/namespaces/check-1/rollouts/check";
    private static final Duration LONGEST = Duration.ofSeconds(8);

    private final AtomicLong now = new AtomicLong();
    private KubernetesMockServer server;
    private KubernetesClient client;

    @Test
    void aControllerThatActsIsGivenTheNextChange() throws InterruptedException {
        ControllerProbe check = new ControllerProbe(client, "check-1", now::get);
        rollout(4, "4");
        server.expect().patch().withPath(PATH).andReturn(200, object(5, "4")).once();

        after(60);
        check.requireActedOnWithin(LONGEST);

        assertThat(server.takeRequest().getMethod()).isEqualTo("GET");
        assertThat(server.takeRequest().getMethod()).isEqualTo("PATCH");
    }

    @Test
    void aControllerThatDoesNotActIsReported() {
        ControllerProbe check = new ControllerProbe(client, "check-1", now::get);
        rollout(5, "4");
        rollout(5, "4");

        after(8);
        check.requireActedOnWithin(LONGEST);
        after(1);
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> check.requireActedOnWithin(LONGEST))
                .withMessageContaining("has not acted on a change");
    }

    @Test
    void anApiThatDoesNotAnswerSaysNothingOfTheController() {
        ControllerProbe check = new ControllerProbe(client, "check-1", now::get);
        server.expect().get().withPath(PATH).andReturn(403, "no").once();
        rollout(5, "4");

        after(30);
        check.requireActedOnWithin(LONGEST);
        after(3);
        check.requireActedOnWithin(LONGEST);
    }

    private void rollout(long generation, String observed) {
        server.expect().get().withPath(PATH).andReturn(200, object(generation, observed)).once();
    }

    private static Map<String, ?> object(long generation, String observed) {
        return Map.of("apiVersion", "argoproj.io/v1alpha1", "kind", "Rollout",
                "metadata", Map.of("name", "check", "namespace", "check-1", "generation", generation),
                "status", Map.of("observedGeneration", observed));
    }

    private void after(int seconds) {
        now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }
}
