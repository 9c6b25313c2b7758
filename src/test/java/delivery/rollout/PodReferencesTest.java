package delivery.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodReferencesTest {

    @Test
    void everyReferenceThatIsNotOptionalIsFoundOnce() throws IOException {
        assertThat(PodReferences.of(new ObjectMapper().readTree("""
                {"imagePullSecrets": [{"name": "ghcr"}],
                 "containers": [{"envFrom": [{"secretRef": {"name": "db"}}, {"configMapRef": {"name": "env"}},
                   {"secretRef": {"name": "maybe", "optional": true}}],
                   "env": [{"name": "A", "valueFrom": {"secretKeyRef": {"name": "key", "key": "a"}}},
                     {"name": "B", "valueFrom": {"configMapKeyRef": {"name": "env", "key": "b"}}},
                     {"name": "C", "value": "c"}]}],
                 "initContainers": [{"envFrom": [{"secretRef": {"name": "init"}}]}],
                 "volumes": [{"secret": {"secretName": "cert"}}, {"configMap": {"name": "files"}},
                   {"emptyDir": {}}, {"secret": {"secretName": "none", "optional": true}},
                   {"projected": {"sources": [{"secret": {"name": "token"}},
                     {"configMap": {"name": "kube-root-ca.crt"}}]}}]}
                """))).extracting(NamespacedObject::argument).containsExactly("configmap/env", "configmap/files",
                        "secret/cert", "secret/db", "secret/ghcr", "secret/init", "secret/key", "secret/token");
    }

    @Test
    void aListIsReadAsKubectlWritesIt() {
        assertThat(NamespacedObject.list("secret/ghcr, ConfigMap/env")).containsExactly(
                new NamespacedObject("Secret", "ghcr"), new NamespacedObject("ConfigMap", "env"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ghcr", "pod/x", "secret/", "secret/A", "secret/a,", "secret/a b", "secret/../x"})
    void whatIsNoneIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> NamespacedObject.list(text))
                .withMessageContaining("secret/NAME");
    }
}
