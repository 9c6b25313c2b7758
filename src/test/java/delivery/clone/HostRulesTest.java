package delivery.clone;

import static delivery.rollout.ReleaseFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HostRulesTest {

    private static final ManifestObject NAMED = ingress("shop", "rules:[{host:'Shop.test'}]");
    private static final ManifestObject WILDCARD = ingress("wild", "rules:[{host:'*.shop.test'}]");
    private static final ManifestObject EVERY = ingress("every", "rules:[{}]");
    private static final ManifestObject BOTH = ingress("both", "rules:[{host:'a.test'},{host:'*.test'}]");
    private static final ManifestObject UNREAD = object("Tunnel", "example.com/v1", "tunnel", "");
    private static final ManifestObject SERVICE = object("Service", "v1", "shop", "");

    private static ManifestObject ingress(String name, String spec) {
        return object("Ingress", "networking.k8s.io/v1", name, spec);
    }

    private static ManifestObject object(String kind, String version, String name, String spec) {
        return new ManifestObject(json("{kind:'" + kind + "',apiVersion:'" + version + "',metadata:{name:'" + name
                + "'},spec:{" + spec + "}}"));
    }

    @Test
    void aRouteForEveryHostOrAWholeDomainIsShared() {
        assertThat(HostRules.shared(List.of(NAMED, WILDCARD, EVERY, BOTH, SERVICE)))
                .containsExactly(WILDCARD, EVERY, BOTH);
    }

    @Test
    void aHostThatARouteNamesIsKnownInLowerCase() {
        assertThat(HostRules.hosts(List.of(NAMED, BOTH, WILDCARD, ingress("in", "rules:[{host:'shop.a.svc'}]"))))
                .containsOnlyKeys("shop.test", "a.test").containsEntry("shop.test", NAMED);
        assertThat(HostRules.routes(List.of(NAMED, UNREAD, SERVICE))).containsExactly(NAMED);
    }

    @Test
    void aKindThatLooksLikeARouteAndCannotBeReadIsNamed() {
        ManifestObject policy = object("TunnelPolicy", "example.com/v1", "p", "");
        ManifestObject ofArgo = object("RouteThing", "argoproj.io/v1alpha1", "r", "");
        assertThat(HostRules.unread(List.of(NAMED, UNREAD, SERVICE, policy, ofArgo)))
                .containsExactly(UNREAD);
    }
}
