package delivery.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissingObjectTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', value = {"traefikservices.traefik.io \"a\" not found,TraefikService a",
            "service \"a\" not found,Service a", "ingress.networking.k8s.io \"a\" not found,Ingress a",
            "ingresses.networking.k8s.io \"a\" not found,Ingress a", "x: configmap \"a\" not found,ConfigMap a",
            "secret \"a\" not found,Secret a", "httproutes.gateway.networking.k8s.io \"a\" not found,HTTPRoute a",
            "AnalysisTemplate 'a' not found,AnalysisTemplate a", "VirtualService `a` not found,VirtualService a",
            "widgets.example.org \"a\" not found,widgets a", "priorityclass \"a\" not found,PriorityClass a"})
    void theKindAndTheNameAreReadFromAMessage(String message, String object) {
        assertThat(MissingObject.in(message)).map(MissingObject::toString).contains(object);
    }

    @Test
    void whatNamesNoObjectTellsOfNone() {
        assertThat(MissingObject.in("traefik canary service was not found")).isEmpty();
        assertThat(MissingObject.in("")).isEmpty();
    }
}
