package delivery.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ReproductionTest {

    @Test
    void everythingIsProvedAgainWithWhatWasGiven() {
        Reproduction reproduction = new Reproduction(Map.of("REQUESTS", "500", "HOME", "/root"), new Properties());
        assertThat(reproduction.command().command()).isEqualTo("mvn test -Pacceptance -DREQUESTS=500");
        assertThat(reproduction.selectedBy()).isEmpty();
    }

    @Test
    void theLabsRouterIsTheSame() {
        assertThat(new Reproduction(Map.of("LAB_ROUTER", "nginx"), new Properties()).command().command())
                .isEqualTo("LAB_ROUTER=nginx mvn test -Pacceptance");
        assertThat(new Reproduction(Map.of("LAB_ROUTER", "traefik"), new Properties()).command().command())
                .isEqualTo("mvn test -Pacceptance");
    }

    @Test
    void secretsAreNamedAndNotShown() {
        Reproduction reproduction = new Reproduction(Map.of("ARGOCD_AUTH_TOKEN", "t0p", "KUBECONFIG", "/a b/it's"),
                new Properties());
        assertThat(reproduction.command().command())
                .isEqualTo("mvn test -Pacceptance '-DKUBECONFIG=/a b/it'\\''s'").doesNotContain("t0p");
        assertThat(reproduction.command().secrets()).containsExactly("ARGOCD_AUTH_TOKEN");
    }

    @Test
    void theSelectionIsTheSameAndAPropertyWinsOverAVariable() {
        Properties system = new Properties();
        system.setProperty("cucumber.filter.tags", "@canary and not @CAN-3");
        system.setProperty("REQUESTS", "300");
        Reproduction reproduction = new Reproduction(Map.of("REQUESTS", "500"), system);
        assertThat(reproduction.command().command())
                .isEqualTo("mvn test '-Dcucumber.filter.tags=@canary and not @CAN-3' -DREQUESTS=300");
        assertThat(reproduction.selectedBy())
                .containsExactly(Map.entry("cucumber.filter.tags", "@canary and not @CAN-3"));
    }
}
