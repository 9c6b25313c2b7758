package delivery.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.chart.Values;
import delivery.clone.LiveRelease;
import delivery.environment.Blueprint;
import delivery.registry.ImageName;
import delivery.rollout.ReleaseFixture;
import delivery.settings.NamedVersion;
import delivery.settings.NewVersions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One value may be the tag of several images, of which a run builds one. */
class SharedTagTest {

    private static final String ROLLOUT = "{kind:'Rollout',metadata:{name:'shop'},spec:{template:{spec:{containers:["
            + "{name:'shop',image:'ghcr.io/team/shop:acceptance-1-1.1.0'}PROXY]}}}}";
    private static final String WORKER = "metadata:{name:'worker'},spec:{template:{spec:{containers:[{name:'worker',"
            + "image:'IMAGE'}]}}}";

    private Optional<String> command = Optional.empty();
    private List<NamedVersion> ready = List.of();

    @ParameterizedTest
    @ValueSource(strings = {"kind:'Deployment',WORKER", "kind:'Rollout',WORKER", "kind:'Job',WORKER",
        "kind:'CronJob',metadata:{name:'worker'},spec:{jobTemplate:{spec:{template:{spec:{initContainers:[{image:"
                + "'IMAGE'}],containers:[{image:'busybox:1'}]}}}}}"})
    void anotherImageWithATagOfTheRunIsRefused(String object) {
        String whole = "{" + object.replace("WORKER", WORKER) + "}";
        assertThat(complaint(ROLLOUT.replace("PROXY", ""), whole.replace("IMAGE", "ghcr.io/team/worker:acceptance-1-1"
                + ".1.0"))).get().asString().contains(" worker would get the image"
                + " ghcr.io/team/worker:acceptance-1-1.1.0, which nobody builds", "VALUE_TAG", "NEW_TAG", "BUILD");
        for (String harmless : List.of("ghcr.io/team/worker:1.0.0", "mirror.test/ghcr.io/team/shop:acceptance-1-1.1.0",
                "ghcr.io/team/shop:acceptance-1-1.1.0@sha256:0a")) {
            assertThat(complaint(ROLLOUT.replace("PROXY", ""), whole.replace("IMAGE", harmless))).isEmpty();
        }
    }

    @Test
    void aSidecarIsRefusedAndTheReleasesOwnContainerLeftToTheCriteria() {
        assertThat(complaint(ROLLOUT.replace("PROXY", ",{name:'proxy',image:'ghcr.io/team/proxy:acceptance-1-1.1.0'}")))
                .get().asString().startsWith("Rollout shop would get the image ghcr.io/team/proxy:");
        assertThat(complaint(ROLLOUT.replace("PROXY", "").replace("team/shop", "team/other"))).isEmpty();
    }

    @Test
    void aCommandMayBuildAllOfThem() {
        String worker = "{kind:'Deployment'," + WORKER.replace("IMAGE", "ghcr.io/team/worker:acceptance-1-1.1.0") + "}";
        command = Optional.of("make images");
        assertThat(complaint(ROLLOUT.replace("PROXY", ""), worker)).isEmpty();
        command = Optional.of("same-image");
        assertThat(complaint(ROLLOUT.replace("PROXY", ""), worker)).isPresent();
    }

    /** A team may have such tags of its own, and images without one. */
    @Test
    void imagesThatDoNotFollowTheReleaseAreNobodysConcern() {
        for (String image : List.of("ghcr.io/team/acceptance-tests", "ghcr.io/team/proxy:acceptance-42")) {
            assertThat(complaint(ROLLOUT.replace("PROXY", ""), "{kind:'Job'," + WORKER.replace("IMAGE", image) + "}"))
                    .isEmpty();
        }
        assertThat(complaint(ROLLOUT.replace("PROXY", "").replace("acceptance-1-1.1.0", "1.0.0"), "{kind:'Job',"
                + WORKER.replace("IMAGE", "ghcr.io/team/worker:1.0.0") + "}")).as("the live tag").isEmpty();
    }

    @Test
    void aVersionThatTheTeamNamesMayBeOfAllImages() {
        ready = List.of(new NamedVersion("2.0.0", Optional.empty()));
        assertThat(complaint(ROLLOUT.replace("PROXY", "").replace("acceptance-1-1.1.0", "2.0.0"), "{kind:'Job',"
                + WORKER.replace("IMAGE", "ghcr.io/team/worker:2.0.0") + "}")).isEmpty();
    }

    private Optional<String> complaint(String... objects) {
        Blueprint known = new Blueprint(null, Values.parse("values.yaml", "{}"),
                ImageName.parse("ghcr.io/team/shop:1.0.0"), LiveRelease.of("shop", List.of()));
        Blueprint pattern = new Blueprint(null, known.values(), known.image(), known.live(), known.places(),
                known.versionReading(), known.strategies(), Optional.of("shop"), known.exposure(),
                Optional.of("shop"));
        List<JsonNode> all = Stream.of(objects).map(ReleaseFixture::json).toList();
        return new SharedTag(pattern, new NewVersions(command, Optional.empty(), ready, Optional.empty()))
                .complaint(all);
    }
}
