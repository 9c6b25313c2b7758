package delivery.picture;

import static delivery.traffic.AskedShare.ofWeight;
import static org.assertj.core.api.Assertions.assertThat;

import delivery.picture.SharesPicture.Share;
import delivery.traffic.BinomialSplitTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class SharesPictureTest {

    private final BinomialSplitTest split = new BinomialSplitTest(0.001);

    @Test
    void eachStepSaysWhatWasWantedAndServed() {
        Document svg = Drawn.of(SharesPicture.of(List.of(new Share(2, split.judge(ofWeight(20), 203, 1000), 0),
                new Share(4, split.judge(ofWeight(60), 600, 1000), 0))));

        assertThat(Drawn.words(svg)).contains("Step 2: served 20.3%; 20% was asked, 15.9%–24.3% accepted",
                "served, as wanted").doesNotContain("served, not as wanted");
        assertThat(Drawn.text(svg, "desc"))
                .contains("Step 2: the canary served 20.3%", "Step 4: the canary served 60.0%");
    }

    @Test
    void aStepThatServedSomethingElseStandsOut() {
        Document svg = Drawn.of(SharesPicture.of(List.of(new Share(2, split.judge(ofWeight(20), 450, 1000), 0))));

        assertThat(Drawn.words(svg)).contains("served, not as wanted")
                .anyMatch(words -> words.endsWith("(NOT as wanted)"));
    }

    @Test
    void aStepWithFailedRequestsIsNotAsWantedWhateverItsShare() {
        Document svg = Drawn.of(SharesPicture.of(List.of(new Share(2, split.judge(ofWeight(20), 200, 1000), 3))));

        assertThat(Drawn.words(svg)).contains("served, not as wanted")
                .anyMatch(words -> words.endsWith("; 3 failed (NOT as wanted)"));
    }

    @Test
    void aCanaryOfWhichNoStepWasSeenIsDrawnToo() {
        assertThat(Drawn.text(Drawn.of(SharesPicture.of(List.of())), "desc")).isEqualTo("No step was seen");
    }
}
