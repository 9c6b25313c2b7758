package delivery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import delivery.failure.EnvironmentNotFit;
import delivery.traffic.Endpoint;
import delivery.traffic.Place;
import delivery.traffic.Sample;
import delivery.traffic.VersionAnswer;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.utils.ResponseProviders;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnableKubernetesMockClient
class ServiceProbeTest {

    private static final String SERVICE = "/api/v1/namespaces/bg-1/services/sample-api-preview";

    private KubernetesMockServer server;
    private KubernetesClient client;

    @Test
    void theServiceIsAskedThroughThePortNamedHttp() {
        service("metrics", "http");
        server.expect().get().withPath(SERVICE + ":http/proxy/version")
                .andReturn(200, Map.of("version", "2.0.0", "pod", "a")).times(3);

        Sample sample = new ServiceProbe(client, Endpoint.VERSION).ask("bg-1", "sample-api-preview", 3);

        assertThat(sample.byVersion()).isEqualTo(Map.of("2.0.0", 3));
        assertThat(sample.byPod()).isEqualTo(Map.of("a", 3));
    }

    @Test
    void withNoPortOfThatNameItIsTheFirstOnesNumber() {
        service("web", "metrics");
        server.expect().get().withPath(SERVICE + ":8000/proxy/version")
                .andReturn(200, Map.of("version", "2.0.0", "pod", "a")).once();

        assertThat(new ServiceProbe(client, Endpoint.VERSION).ask("bg-1", "sample-api-preview", 1).failures())
                .isEmpty();
    }

    @Test
    void aVersionInAHeaderIsSeenThroughTheApiToo() {
        service("http");
        VersionAnswer header = new VersionAnswer("/", new Place.Header("X-Version"), Optional.empty());
        server.expect().get().withPath(SERVICE + ":http/proxy/")
                .andReply(ResponseProviders.of(200, "page", Map.of("x-version", "2.0.0"))).once();
        server.expect().get().withPath(SERVICE + ":http/proxy/").andReturn(503, "no endpoints").once();
        server.expect().get().withPath(SERVICE + ":http/proxy/").andReturn(404, "no route").once();

        Sample sample = new ServiceProbe(client, header).ask("bg-1", "sample-api-preview", 3);

        assertThat(sample.byVersion()).isEqualTo(Map.of("2.0.0", 1));
        assertThat(sample.failures()).isEqualTo(Map.of("HTTP 404", 1, "HTTP 503", 1));
    }

    @Test
    void whatTheApiItselfRefusesIsNoAnswerOfTheServiceWithHeadersEither() {
        service("http");
        server.expect().get().withPath(SERVICE + ":http/proxy/").andReturn(403, new StatusBuilder().withCode(403)
                .withStatus("Failure").withMessage("forbidden").build()).once();

        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> new ServiceProbe(client,
                new VersionAnswer("/", new Place.Header("X-Version"), Optional.empty()))
                .ask("bg-1", "sample-api-preview", 1));
    }

    @Test
    void aFailureIsInTheAnswersAndNotTriedAgain() {
        service("http");
        server.expect().get().withPath(SERVICE + ":http/proxy/version").andReturn(503, "no endpoints").once();
        server.expect().get().withPath(SERVICE + ":http/proxy/version").andReturn(404, "no route").once();
        server.expect().get().withPath(SERVICE + ":http/proxy/version").andReturn(200, "<html>").once();
        server.expect().get().withPath(SERVICE + ":http/proxy/version").andReturn(403, "no").once();

        assertThat(new ServiceProbe(client, Endpoint.VERSION).ask("bg-1", "sample-api-preview", 4).failures())
                .isEqualTo(
                Map.of("HTTP 503", 1, "HTTP 404", 1, "HTTP 200 without a version", 1, "HTTP 403", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no endpoints available for service \"sample-api-preview\"",
        "error trying to reach service: dial tcp 10.0.0.1:8080: connect: connection refused"})
    void aServiceWithoutAPodIsAFindingAboutTheService(String message) {
        service("http");
        server.expect().get().withPath(SERVICE + ":http/proxy/version").andReturn(503, status(503, message)).once();

        assertThat(new ServiceProbe(client, Endpoint.VERSION).ask("bg-1", "sample-api-preview", 1).failures())
                .isEqualTo(Map.of("HTTP 503", 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 429, 500, 503, 504})
    void whatTheApiSaysOfItselfIsNoFindingAboutTheService(int code) {
        service("http");
        server.expect().get().withPath(SERVICE + ":http/proxy/version").andReturn(code, status(code, "not now"))
                .always();

        assertThatExceptionOfType(EnvironmentNotFit.class)
                .isThrownBy(() -> new ServiceProbe(client, Endpoint.VERSION).ask("bg-1", "sample-api-preview", 1))
                .withMessageContaining("(" + code + ")").withMessageContaining(SERVICE + ":http/proxy/version");
    }

    @Test
    void oneRequestOfManyThatTheApiRefusedIsNotLeftOut() {
        service("http");
        server.expect().get().withPath(SERVICE + ":http/proxy/version").andReturn(403, status(403, "no")).once();
        server.expect().get().withPath(SERVICE + ":http/proxy/version")
                .andReturn(200, Map.of("version", "2.0.0", "pod", "a")).always();

        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> new ServiceProbe(client, Endpoint.VERSION)
                        .ask("bg-1", "sample-api-preview", 2, Duration.ofMillis(20)))
                .withMessageContaining(SERVICE + ":http/proxy/version (403)");
    }

    private static Status status(int code, String message) {
        return new StatusBuilder().withStatus("Failure").withCode(code).withMessage(message).build();
    }

    @Test
    void aServiceThatIsNotThereServesNothing() {
        assertThat(new ServiceProbe(client, Endpoint.VERSION).ask("bg-1", "sample-api-preview", 2).failures())
                .isEqualTo(Map.of("there is no Service sample-api-preview with a port", 2));
    }

    @Test
    void theNumberOfRequestsIsBounded() {
        ServiceProbe probe = new ServiceProbe(client, Endpoint.VERSION);

        assertThatIllegalArgumentException().isThrownBy(() -> probe.ask("bg-1", "sample-api-preview", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> probe.ask("bg-1", "sample-api-preview", 10_001));
    }

    private void service(String... ports) {
        ServiceBuilder service = new ServiceBuilder().withNewMetadata().withName("sample-api-preview").endMetadata()
                .withNewSpec().endSpec();
        int number = 8000;
        for (String port : ports) {
            service.editSpec().addNewPort().withName(port).withPort(number++)
                    .withTargetPort(new IntOrString(8080)).endPort().endSpec();
        }
        Service built = service.build();
        server.expect().get().withPath(SERVICE).andReturn(200, built).once();
    }
}
