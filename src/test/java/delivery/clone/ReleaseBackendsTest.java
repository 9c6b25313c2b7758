package delivery.clone;

import static delivery.rollout.ReleaseFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseBackendsTest {

    private static final List<ManifestObject> OBJECTS = List.of(
            object("Rollout", "shop", "strategy:{blueGreen:{activeService:'active',previewService:'preview'}},"
                    + "template:{metadata:{labels:{app:'shop'}}}"),
            object("Rollout", "other", "strategy:{canary:{stableService:'other-stable'}},"
                    + "template:{metadata:{labels:{app:'other'}}}"),
            object("Service", "all", "selector:{app:'shop','rollouts-pod-template-hash':'a'}"),
            object("Service", "of-other", "selector:{app:'other'}"),
            object("Service", "external", ""),
            object("TraefikService", "weighted", "weighted:{services:[{name:'active'}]}"),
            object("TraefikService", "foreign", "weighted:{services:[{name:'elsewhere'}]}"));

    private static ManifestObject object(String kind, String name, String spec) {
        return new ManifestObject(json("{kind:'" + kind + "',metadata:{name:'" + name + "'},spec:{" + spec + "}}"));
    }

    @Test
    void theServicesOfTheRolloutAndWhatIsInFrontOfThemLeadToIt() {
        assertThat(ReleaseBackends.of(OBJECTS, Optional.of("shop")).names())
                .containsExactlyInAnyOrder("active", "preview", "all", "weighted");
        assertThat(ReleaseBackends.of(OBJECTS, Optional.of("other")).names())
                .containsExactlyInAnyOrder("other-stable", "of-other");
        assertThat(ReleaseBackends.of(OBJECTS, Optional.empty()).names()).contains("active", "other-stable");
        assertThat(ReleaseBackends.of(OBJECTS, Optional.of("none")).names()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{backend:{service:{name:'else'}}} | true",
        "{backend:{service:{name:'active'}}} | false",
        "{backend:{serviceName:'else'}} | true",
        "{backend:{service:{name:'weights',port:{name:'use-annotation'}}}} | false",
        "{backendRefs:[{name:'else'}]} | true",
        "{backendRefs:[{name:'else'},{name:'preview'}]} | false",
        "{services:[{name:'weighted'}]} | false",
        "{services:[{name:'else'}]} | true",
        "{route:[{destination:{host:'active.shop.svc'}}]} | false",
        "{route:[{destination:{host:'else.shop.svc'}}]} | true",
        "{} | false"})
    void aRuleIsElsewhereOnlyIfItsBackendsAreKnownAndOthers(String rule, boolean elsewhere) {
        JsonNode read = json(rule);
        assertThat(ReleaseBackends.of(OBJECTS, Optional.of("shop")).areElsewhere(List.of(read))).isEqualTo(elsewhere);
        assertThat(ReleaseBackends.of(OBJECTS, Optional.of("none")).areElsewhere(List.of(read)))
                .as("of a release whose backends are not known").isFalse();
    }
}
