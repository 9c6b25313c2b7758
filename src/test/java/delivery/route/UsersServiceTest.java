package delivery.route;

import static delivery.rollout.ReleaseFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UsersServiceTest {

    private static final JsonNode ALL = service("shop", "app:'shop'", "ports:[{port:80}]");
    private static final JsonNode HEADLESS = service("shop-pods", "app:'shop'", "clusterIP:'None',ports:[{port:80}]");
    private static final JsonNode STABLE = service("stable", "app:'shop','rollouts-pod-template-hash':'a'",
            "ports:[{port:80}]");
    private static final JsonNode CANARY = service("canary", "app:'shop'", "ports:[{port:80}]");
    private static final JsonNode OTHER = service("other", "app:'other'", "ports:[{port:80}]");
    private static final JsonNode WITHOUT_PORT = service("bare", "app:'shop'", "clusterIP:'1.2.3.4'");
    private static final JsonNode WITHOUT_SELECTOR = service("external", "", "ports:[{port:80}]");
    private static final String PODS = "canary:{steps:[{setWeight:20}]}";
    private static final String SERVICES = "canary:{stableService:'stable',canaryService:'canary'}";
    private static final String ROUTED = "canary:{stableService:'stable',canaryService:'canary',"
            + "trafficRouting:{nginx:{stableIngress:'shop'}}}";

    private static JsonNode service(String name, String selector, String more) {
        return json("{metadata:{name:'" + name + "'},spec:{selector:{" + selector + "}," + more + "}}");
    }

    private static UsersService of(String strategy, String named, JsonNode... services) {
        return UsersService.of(json("{spec:{strategy:{" + strategy + "},template:{metadata:{labels:{app:'shop'}}}}}"),
                List.of(services), Optional.ofNullable(named));
    }

    @Test
    void usersOfABlueGreenReleaseCallItsActiveService() {
        UsersService users = of("blueGreen:{activeService:'active'}", null, ALL);
        assertThat(users.name()).contains("active");
        assertThat(users.reason()).isEqualTo("the Rollout's active Service");
    }

    @Test
    void usersOfARoutedCanaryCallItsStableService() {
        assertThat(of(ROUTED, null, ALL).name()).contains("stable");
        assertThat(of("canary:{trafficRouting:{nginx:{}}}", null, ALL).name()).isEmpty();
        assertThat(of("canary:{trafficRouting:{}}", null, ALL).name()).as("no router").contains("shop");
    }

    @Test
    void usersOfACanaryByPodsCallTheServiceOfAllVersions() {
        UsersService users = of(PODS, null, OTHER, ALL, WITHOUT_PORT, WITHOUT_SELECTOR);
        assertThat(users.name()).contains("shop");
        assertThat(users.reason()).isEqualTo("the only one that selects the pods of all versions");
        assertThat(of(SERVICES, null, STABLE, CANARY, ALL).name()).as("none of one version").contains("shop");
        assertThat(of(PODS, null, STABLE, ALL).name()).as("none with the hash of one").contains("shop");
        assertThat(of(PODS, null, HEADLESS).name()).as("a single one need have no address").contains("shop-pods");
    }

    @Test
    void aServiceWithAnAddressIsPreferredToAHeadlessOne() {
        UsersService users = of(PODS, null, ALL, HEADLESS);
        assertThat(users.name()).contains("shop");
        assertThat(users.reason()).isEqualTo("the only one with an address that selects the pods of all versions");
    }

    @Test
    void severalServicesAreAskedAbout() {
        UsersService users = of(PODS, null, CANARY, ALL);
        assertThat(users.name()).isEmpty();
        assertThat(users.candidates()).containsExactly("canary", "shop");
        assertThat(users.reason()).isEqualTo("each selects the pods of all versions");
    }

    @Test
    void withoutOneTheStableServiceIsTaken() {
        UsersService users = of(SERVICES, null, STABLE, CANARY);
        assertThat(users.name()).contains("stable");
        assertThat(users.reason()).contains("the canary has no users");
        assertThat(of(PODS, null, OTHER).reason()).isEqualTo("none selects the Rollout's pods");
        assertThat(of(PODS, null, OTHER).name()).isEmpty();
    }

    @Test
    void theServiceOfASettingMustHavePodsOfTheRollout() {
        assertThat(of(PODS, "canary", CANARY, ALL).name()).contains("canary");
        UsersService other = of(PODS, "other", OTHER, ALL);
        assertThat(other.name()).isEmpty();
        assertThat(other.candidates()).containsExactly("shop");
        assertThat(other.reason()).isEqualTo("the Service other, which SERVICE names, has no pods of the Rollout, or"
                + " no port");
        assertThat(of(PODS, "none", ALL).reason()).isEqualTo("the Service none, which SERVICE names, does not exist");
    }
}
