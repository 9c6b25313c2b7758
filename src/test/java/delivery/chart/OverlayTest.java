package delivery.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.failure.MissingValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OverlayTest {

    private static final Values CHART = Values.parse("values.yaml", """
            ingress:
              hosts:
                - {host: shop.test, paths: [{path: /, pathType: Prefix}]}
                - {host: other.test}
            """);

    /** Helm drops the other fields of a list's element (helm issue 7569). */
    @Test
    void aListIsWrittenWholeWithAllThatItsElementsHold() {
        assertThat(new Overlay(CHART).set("ingress.hosts[0].host", "a.test").set("ingress.hosts[1].host", "b.test")
                .set("replicas", 3).all()).isEqualTo(Map.of("replicas", 3, "ingress", Map.of("hosts", List.of(
                        Map.of("host", "a.test", "paths", List.of(Map.of("path", "/", "pathType", "Prefix"))),
                        Map.of("host", "b.test")))));
    }

    @Test
    void aListThatIsNotThereIsReported() {
        assertThatThrownBy(() -> new Overlay(CHART).set("ingress.tls[0].host", "a")).isInstanceOf(MissingValue.class)
                .hasMessage("values.yaml has no ingress.tls[0].host");
    }
}
