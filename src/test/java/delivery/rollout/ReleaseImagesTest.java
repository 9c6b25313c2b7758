package delivery.rollout;

import static delivery.rollout.ReleaseFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseImagesTest {

    private static final ReleaseImages SHOP = new ReleaseImages(Optional.of("ghcr.io/o/shop"));
    private static final String PODS = "spec:{containers:[{name:'proxy',image:'envoy:1.0.0'},"
            + "{name:'app',image:'ghcr.io/o/shop:2.0.0@sha256:ab'},{name:'agent',image:'ghcr.io/o/shop-agent:1.0.0'}]}";

    @Test
    void aContainerBesideTheReleasesOwnSaysNothingOfTheVersion() {
        ReplicaSetState set = ReplicaSetState.parse(json("{spec:{template:{" + PODS + "}}}"), SHOP);
        assertThat(set.images()).containsExactly("ghcr.io/o/shop:2.0.0@sha256:ab");
        assertThat(set.runs("2.0.0")).isTrue();
        assertThat(set.runs("1.0.0")).isFalse();
        Rollout rollout = new Rollout(json("{spec:{template:{" + PODS + "}}}"), SHOP);
        assertThat(rollout.asksFor("2.0.0")).isTrue();
        assertThat(rollout.asksFor("1.0.0")).isFalse();
        Rollout ofAny = Rollout.parse(json("{spec:{template:{" + PODS + "}}}"));
        assertThat(SHOP.haveTag(ofAny, "2.0.0")).isTrue();
        assertThat(SHOP.haveTag(ofAny, "1.0.0")).as("the sidecars have it").isFalse();
    }

    @Test
    void whatAPodRunsIsWhatItsOwnContainerRuns() {
        String statuses =
                "containerStatuses:[{name:'agent',imageID:'c'},{name:'app',imageID:'b'},{name:'proxy',imageID:'a'}]";
        assertThat(PodState.parse(json("{" + PODS + ",status:{" + statuses + "}}"), SHOP).imageId()).isEqualTo("b");
        assertThat(PodState.parse(json("{" + PODS + ",status:{" + statuses + "}}")).imageId()).isEqualTo("a");
    }

    @Test
    void ofSeveralOfOneRepositoryTheOneThatIsCalledLikeItCounts() {
        String worker = "{name:'worker',image:'ghcr.io/o/shop:1.0.0'}";
        String app = "image:'ghcr.io/o/shop:2.0.0'}";
        assertThat(SHOP.of(json("{containers:[" + worker + ",{name:'shop'," + app + "]}")))
                .containsExactly("ghcr.io/o/shop:2.0.0");
        assertThat(new ReleaseImages(SHOP.repository(), Optional.of("worker"))
                .of(json("{containers:[{name:'shop'," + app + "," + worker + "]}"))).containsExactly(
                "ghcr.io/o/shop:1.0.0");
        assertThat(new ReleaseImages(SHOP.repository(), Optional.of("gone")).of(json("{containers:[" + worker
                + ",{name:'shop'," + app + "]}"))).as("none has the name").containsExactly("ghcr.io/o/shop:2.0.0");
        assertThat(SHOP.of(json("{containers:[{name:'app'," + app + "," + worker + "]}")))
                .containsExactly("ghcr.io/o/shop:2.0.0");
    }

    @Test
    void whereNoneIsKnownAllCount() {
        assertThat(new ReleaseImages(Optional.of("ghcr.io/o/other")).of(json("{" + PODS + "}").path("spec")))
                .hasSize(3);
        assertThat(ReleaseImages.ANY.of(json("{" + PODS + "}").path("spec"))).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"ghcr.io/o/shop:1,true", "mirror.local:5000/ghcr.io/o/shop:1,true", "o/shop:1,true", "shop,true",
        "ghcr.io/o/workshop:1,false", "shop:1@sha256:ab,true", "localhost:5000/shop,false"})
    void theRegistryMayBeLeftOutOrStandInFront(String image, boolean own) {
        assertThat(SHOP.own(json("{containers:[{image:'" + image + "'}]}")).isPresent()).isEqualTo(own);
    }

    @ParameterizedTest
    @CsvSource({"r/x:1.0,1.0,true", "r/x:1.0@sha256:ab,1.0,true", "r/x:11.0,1.0,false", "r/x@sha256:ab,ab,false"})
    void aTagIsComparedWholeWithADigestOrWithout(String image, String tag, boolean has) {
        assertThat(ReleaseImages.hasTag(image, tag)).isEqualTo(has);
    }
}
