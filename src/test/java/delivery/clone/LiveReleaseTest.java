package delivery.clone;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.rollout.NamespacedObject;
import delivery.rollout.ReleaseFixture;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The properties of a live release that its copies need. */
class LiveReleaseTest {

    private static final ManifestObject ROLLOUT = object("{kind: 'Rollout', spec: {template: {spec:"
            + " {serviceAccountName: 'shop', imagePullSecrets: [{name: 'own'}]}}}}");

    @Test
    void thePodsNeedThePullSecretsOfTheirServiceAccountToo() {
        assertThat(LiveRelease.of("shop", List.of(ROLLOUT, account("shop", "ghcr"), account("job", "other"))).needs())
                .extracting(NamespacedObject::argument).containsExactlyInAnyOrder("secret/own", "secret/ghcr");
    }

    @Test
    void withoutANameItIsTheDefaultOne() {
        ManifestObject rollout = object("{kind: 'Rollout', spec: {template: {spec: {}}}}");
        assertThat(LiveRelease.of("shop", List.of(rollout, account("default", "ghcr"))).needs())
                .extracting(NamespacedObject::argument).containsExactly("secret/ghcr");
    }

    @Test
    void theServicesOfItsUsersComeFirst() {
        ManifestObject blueGreen = object("{kind: 'Rollout', spec: {strategy: {blueGreen: {activeService: 'users'}}}}");
        ManifestObject canary = object("{kind: 'Rollout', spec: {strategy: {canary: {stableService: 'stable'}}}}");
        ManifestObject other = object("{kind: 'Service', apiVersion: 'serving.knative.dev/v1',"
                + " metadata: {name: 'knative'}}");
        assertThat(LiveRelease.of("shop", List.of(service("b", ""), blueGreen, service("a", ""), service("users", ""),
                other)).services()).containsExactly("users", "a", "b");
        assertThat(LiveRelease.of("shop", List.of(service("a", ""), canary)).services()).containsExactly("stable", "a");
    }

    @Test
    void theAddressesOfItsServicesAreItsOwn() {
        ManifestObject claiming = service("a", "clusterIP: 'None', ports: [{nodePort: 30080}, {nodePort: 0}, {}],"
                + " externalIPs: ['192.0.2.1'], loadBalancerIP: '192.0.2.2'");
        assertThat(LiveRelease.of("shop", List.of(claiming, service("b", "clusterIP: '10.0.0.1'"))).addresses())
                .containsExactlyInAnyOrder("nodePort 30080", "externalIP 192.0.2.1", "loadBalancerIP 192.0.2.2",
                        "clusterIP 10.0.0.1");
        ManifestObject annotated = object("{kind: 'Service', apiVersion: 'v1', metadata: {annotations:"
                + " {'metallb.universe.tf/loadBalancerIPs': '192.0.2.3', other: '1'}}}");
        assertThat(LiveRelease.of("shop", List.of(annotated)).addresses()).containsExactly("loadBalancerIP 192.0.2.3");
        ManifestObject route = object("{kind: 'Route', spec: {clusterIP: '10.0.0.1'}}");
        assertThat(LiveRelease.of("shop", List.of(route)).addresses()).isEmpty();
    }

    private static ManifestObject service(String name, String spec) {
        return object("{kind: 'Service', apiVersion: 'v1', metadata: {name: '" + name + "'}, spec: {" + spec + "}}");
    }

    private static ManifestObject account(String name, String secret) {
        return object("{kind: 'ServiceAccount', metadata: {name: '" + name + "'}, imagePullSecrets: [{name: '"
                + secret + "'}]}");
    }

    private static ManifestObject object(String text) {
        return new ManifestObject(ReleaseFixture.json(text));
    }
}
