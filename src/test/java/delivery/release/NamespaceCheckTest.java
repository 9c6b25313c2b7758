package delivery.release;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import delivery.failure.EnvironmentNotFit;
import delivery.rollout.NamespacedObject;
import delivery.rollout.Presence;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NamespaceCheckTest {

    private static final NamespacedObject PULL_SECRET = new NamespacedObject("Secret", "ghcr");

    @Test
    void whatSomebodyPutIntoTheLiveNamespaceIsReportedWithTheWayToCopyIt() {
        assertThatExceptionOfType(EnvironmentNotFit.class)
                .isThrownBy(() -> NamespaceCheck.require(needs(), Set.of(), need -> Presence.BY_HAND))
                .withMessageContainingAll("ConfigMap env and Secret ghcr", "COPY=configmap/env,secret/ghcr");
        assertThatExceptionOfType(EnvironmentNotFit.class)
                .isThrownBy(() -> NamespaceCheck.require(needs(), Set.of(PULL_SECRET), need -> Presence.BY_HAND))
                .withMessageContaining("COPY=configmap/env to");
    }

    @Test
    void whatIsCopiedIsNotMissed() {
        assertThatCode(() -> NamespaceCheck.require(needs(), Set.of(PULL_SECRET, new NamespacedObject("ConfigMap",
                "env")), need -> Presence.BY_HAND)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(value = Presence.class, names = "BY_HAND", mode = EnumSource.Mode.EXCLUDE)
    void whatTheChartOrAControllerMakesOrNobodyKnowsIsLeftToTheRelease(Presence presence) {
        assertThatCode(() -> NamespaceCheck.require(needs(), Set.of(), need -> presence)).doesNotThrowAnyException();
    }

    private static Set<NamespacedObject> needs() {
        return Set.of(PULL_SECRET, new NamespacedObject("ConfigMap", "env"));
    }
}
