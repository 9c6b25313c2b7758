package delivery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import delivery.failure.EnvironmentNotFit;
import delivery.rollout.NamespacedObject;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.util.Map;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class NamespaceCopyTest {

    private static final Map<String, String> LABELS = Map.of("owner", "run");

    private KubernetesClient client;

    @Test
    void aSecretIsCopiedWithItsTypeAndContentAndNothingElse() {
        client.resource(new SecretBuilder().withNewMetadata().withName("ghcr").withNamespace("live")
                .addToAnnotations("reflector", "x").addToLabels("app", "shop").endMetadata()
                .withType("kubernetes.io/dockerconfigjson").addToData(".dockerconfigjson", "e30=").build()).create();

        new NamespaceCopy(client, "live").copy(new NamespacedObject("Secret", "ghcr"), "copy", LABELS);

        Secret made = client.secrets().inNamespace("copy").withName("ghcr").get();
        assertThat(made.getType()).isEqualTo("kubernetes.io/dockerconfigjson");
        assertThat(made.getData()).isEqualTo(Map.of(".dockerconfigjson", "e30="));
        assertThat(made.getMetadata().getLabels()).isEqualTo(LABELS);
        assertThat(made.getMetadata().getAnnotations()).isNullOrEmpty();
    }

    @Test
    void aConfigMapIsCopiedToo() {
        client.resource(new ConfigMapBuilder().withNewMetadata().withName("env").withNamespace("live").endMetadata()
                .addToData("A", "b").addToBinaryData("C", "ZA==").build()).create();

        new NamespaceCopy(client, "live").copy(new NamespacedObject("ConfigMap", "env"), "copy", LABELS);

        assertThat(client.configMaps().inNamespace("copy").withName("env").get().getData())
                .isEqualTo(Map.of("A", "b"));
        assertThat(client.configMaps().inNamespace("copy").withName("env").get().getBinaryData())
                .isEqualTo(Map.of("C", "ZA=="));
    }

    @Test
    void whatIsNotThereIsReportedByTheSettingThatNamesIt() {
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> new NamespaceCopy(client, "live")
                .require(new NamespacedObject("Secret", "other"))).withMessageContainingAll("COPY", "secret/other",
                        "namespace live");
    }

    @Test
    void aCopyThatIsThereAlreadyIsReportedWithoutWhatItHolds() {
        client.resource(new SecretBuilder().withNewMetadata().withName("ghcr").withNamespace("live").endMetadata()
                .addToData("password", "aHVudGVyMg==").build()).create();
        NamespaceCopy copy = new NamespaceCopy(client, "live");
        copy.copy(new NamespacedObject("Secret", "ghcr"), "copy", LABELS);

        assertThatExceptionOfType(EnvironmentNotFit.class)
                .isThrownBy(() -> copy.copy(new NamespacedObject("Secret", "ghcr"), "copy", LABELS))
                .withMessageContaining("HTTP 409").withMessageNotContaining("aHVudGVyMg==").withNoCause();
    }
}
