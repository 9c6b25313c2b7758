package delivery.clone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that a release publishes without a route for them: a copy must not publish them a second time. */
class HostClaimsTest {

    private static final String ROLLOUT = "{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: shop}}";
    private static final String ROUTE = "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web,"
            + " annotations: {x: y}}, spec: {rules: [{host: HOST}]}}";

    @ParameterizedTest
    @ValueSource(strings = {
        "{apiVersion: v1, kind: Service, metadata: {name: tcp, annotations:"
                + " {external-dns.alpha.kubernetes.io/hostname: 'other.copy.test, NAME'}}, spec: {type: LoadBalancer}}",
        "{apiVersion: externaldns.k8s.io/v1alpha1, kind: DNSEndpoint, metadata: {name: tcp}, spec: {endpoints:"
                + " [{dnsName: NAME}]}}",
        "{apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: tcp}, spec: {dnsNames: [NAME]}}",
        "{apiVersion: networking.gke.io/v1, kind: ManagedCertificate, metadata: {name: tcp}, spec: {domains: [NAME]}}"})
    void aPublishedNameIsTheLiveReleasesAlone(String object) {
        assertThat(refusals(object.replace("NAME", "api.shop.test").replace("other.copy.test, ", ""),
                object.replace("NAME", "api.shop.test")))
                .singleElement().asString().contains("names the host api.shop.test of the live release; have it made"
                        + " from the host's value");
        assertThat(refusals(object.replace("NAME", "api.shop.test"), object.replace("NAME", "api.copy.test")
                .replace("other.copy.test, ", ""))).isEmpty();
    }

    @Test
    void anAliasOfTheRouteIsTheLiveReleasesAlone() {
        String alias = ROUTE.replace("x: y", "nginx.ingress.kubernetes.io/server-alias: NAME");
        assertThat(refusals(alias.replace("NAME", "www.shop.test"), alias.replace("NAME", "www.shop.test")
                .replace("HOST", "copy.test"))).singleElement().asString().contains("server-alias of Ingress web names"
                        + " the host www.shop.test");
    }

    /** A release does not publish the names that it calls. */
    @ParameterizedTest
    @ValueSource(strings = {
        "{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: pay}, spec: {hosts: [pay.test]}}",
        "{apiVersion: external-secrets.io/v1, kind: SecretStore, metadata: {name: s}, spec: {host: vault.test}}",
        "{apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: c}, spec: {commonName: shop.kafka.test,"
                + " usages: [client auth]}}",
        "{apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: c}, spec: {isCA: true, commonName:"
                + " ca.shop.test}}",
        "{apiVersion: v1, kind: Service, metadata: {name: s, annotations: {upstream-vhost: backend.test}}}",
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: s, annotations: {dns-names: api.shop.test}}}"})
    void aCopyMayCallWhatTheLiveReleaseCalls(String object) {
        assertThat(HostClaims.published(List.of(read(object)))).isEmpty();
    }

    private static List<String> refusals(String live, String copy) {
        LiveRelease release = LiveRelease.of("live", Stream.of(ROLLOUT, ROUTE.replace("HOST", "shop.test"),
                live.replace("HOST", "shop.test")).map(HostClaimsTest::read).toList());
        return new CloneGuard(release, "copy", "copy.test", object -> ObjectScope.NAMESPACE, Optional.empty())
                .refusals(Stream.of(ROLLOUT, ROUTE.replace("HOST", "copy.test"), copy).map(HostClaimsTest::read)
                        .toList());
    }

    private static ManifestObject read(String yaml) {
        try {
            return new ManifestObject(new ObjectMapper(new YAMLFactory()).readTree(yaml));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(yaml, e);
        }
    }
}
