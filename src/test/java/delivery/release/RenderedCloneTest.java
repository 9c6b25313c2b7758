package delivery.release;

import static delivery.rollout.ReleaseFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.clone.CloneGuard;
import delivery.clone.LiveRelease;
import delivery.clone.ObjectScope;
import delivery.failure.UnresolvedLayout;
import delivery.failure.UnsafeClone;
import delivery.failure.UnsupportedRollout;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RenderedCloneTest {

    private final CloneGuard guard =
            new CloneGuard(new LiveRelease("shop", Set.of(), false, Set.of(), List.of(), Set.of(),
                    Set.of()), "shop-can-1",
            "shop-can-1.test", object -> ObjectScope.NAMESPACE, Optional.empty());

    @Test
    void aRolloutThatCannotBeProvedIsRefusedByName() {
        JsonNode rollout = rollout("", "{strategy:{canary:{trafficRouting:{maxTrafficWeight:1000}}}}");
        assertThatThrownBy(() -> clone(rollout, rollout).require(guard, "shop"))
                .isInstanceOf(UnsupportedRollout.class).hasMessage("The Rollout shop has something that cannot be"
                        + " proved, and nothing was deployed: trafficRouting.maxTrafficWeight: 1000 makes"
                        + " weights something else than percent; remove it, and write the steps in percent");
    }

    @Test
    void whatWouldTouchTheLiveReleaseComesFirst() {
        assertThatThrownBy(() -> clone(rollout(",namespace:'shop'", "{workloadRef:{name:'a'}}"))
                .require(guard, "shop")).isInstanceOf(UnsafeClone.class);
    }

    @Test
    void anyOtherIsDeployed() {
        assertThatCode(() -> clone(rollout("", "{strategy:{canary:{}}}")).require(guard, "shop"))
                .doesNotThrowAnyException();
    }

    @Test
    void aTagThatTheChartAddsToIsRefusedWithItsValue() {
        RenderedClone made = clone(rollout("", "{template:{spec:{containers:[{name:'a',image:'proxy:1'},{name:'shop',"
                + "image:'ghcr.io/team/shop:v1.0.0'}]}}}"));
        assertThatCode(() -> made.requireTag("v1.0.0", "image.tag=v1.0.0", "shop")).doesNotThrowAnyException();
        assertThatThrownBy(() -> made.requireTag("1.0.0", "image.tag=1.0.0", "shop"))
                .isInstanceOf(UnresolvedLayout.class).hasMessageContaining("a copy that asks for its tag by"
                        + " image.tag=1.0.0 is rendered with proxy:1 and ghcr.io/team/shop:v1.0.0; have the chart"
                        + " take");
        RenderedClone none = new RenderedClone(Optional.empty(), List.of());
        assertThatCode(() -> none.requireTag("1.0.0", "", "shop")).as("the guard tells that none is there")
                .doesNotThrowAnyException();
    }

    @Test
    void anAutoscalerKeepsSoManyPods() {
        String target = "scaleTargetRef:{kind:'Rollout',name:'shop'}";
        JsonNode rollout = rollout("", "{}");
        assertThat(clone(rollout).leastPods()).isZero();
        assertThat(clone(rollout, json("{spec:{" + target + ",minReplicas:3}}")).leastPods())
                .isEqualTo(3);
        assertThat(clone(json("{spec:{" + target + ",minReplicaCount:2}}")).leastPods())
                .isEqualTo(2);
        assertThat(clone(json("{spec:{scaleTargetRef:{kind:'Deployment'},minReplicas:4}}"))
                .leastPods()).isZero();
    }

    @Test
    void ofSeveralRolloutsTheChosenOneCounts() {
        RenderedClone clone = new RenderedClone(Optional.of("shop"), List.of(rollout("", "{strategy:{canary:{}}}"),
                json("{kind:'Rollout',metadata:{name:'worker'},spec:{workloadRef:{name:'a'}}}"),
                json("{spec:{scaleTargetRef:{kind:'Rollout',name:'worker'},minReplicas:9}}"),
                json("{spec:{scaleTargetRef:{kind:'Rollout',name:'shop'},minReplicas:3}}")));
        assertThat(clone.leastPods()).isEqualTo(3);
        assertThatCode(() -> clone.require(guard, "shop")).doesNotThrowAnyException();
    }

    private static RenderedClone clone(JsonNode... objects) {
        return new RenderedClone(Optional.empty(), List.of(objects));
    }

    private static JsonNode rollout(String metadata, String spec) {
        return json("{apiVersion:'argoproj.io/v1alpha1',kind:'Rollout',metadata:{name:'shop'" + metadata + "},spec:"
                + spec + "}");
    }
}
