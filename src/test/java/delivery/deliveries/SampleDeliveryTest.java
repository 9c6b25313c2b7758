package delivery.deliveries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.report.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks of a table, and that each delivery has one. */
class SampleDeliveryTest {

    private static final SampleDelivery TABLE =
            new SampleDelivery("shop", "shop", Map.of(), List.of("host +web\\.host"),
            1, List.of("BG-1"), Map.of("RB-2", "not met: self-heal", "CAN-1", "not applicable"), List.of("partial"),
            new SampleDelivery.InPlace(2, Map.of("CAN-1", "not applicable")), List.of());

    @Test
    void aRunAsTheTableSaysDiffersInNothing() {
        assertThat(TABLE.differences(1, List.of(line("BG-1", "proven", ""), line("RB-2", "not met", "it is self-heal"),
                line("CAN-1", "not applicable", "no canary")), "a partial result")).isEmpty();
    }

    @Test
    void eachDifferenceIsReported() {
        assertThat(TABLE.differences(0, List.of(line("BG-1", "not met", "x"), line("RB-2", "not met", "other"),
                line("DOC-1", "proven", "")), "")).containsExactlyInAnyOrder("the exit code is 0, not 1",
                "the run does not say \"partial\"", "BG-1 is not met (x), not proven",
                "RB-2 is not met (other), not not met: self-heal", "DOC-1 is proven, and the table does not name it",
                "the run does not name CAN-1, which must be not applicable");
    }

    @Test
    void inPlaceAllMustBeProvenThatTheTableDoesNotExcept() {
        SampleDelivery inPlace = TABLE.provedInPlace();

        assertThat(inPlace.differences(2, List.of(line("BG-1", "proven", ""), line("RB-2", "proven", ""),
                line("CAN-1", "not applicable", "no canary")), "a partial result")).isEmpty();
        assertThat(inPlace.differences(2, List.of(line("BG-1", "proven", ""),
                line("RB-2", "not met", "it is self-heal"), line("CAN-1", "not applicable", "no canary")),
                "a partial result"))
                .containsExactly("RB-2 is not met (it is self-heal), not proven");
    }

    @Test
    void aLineOfTheLayoutThatIsMissingIsReported() {
        assertThat(TABLE.missing("tag   image.tag\nhost  web.host, by the IngressRoute")).isEmpty();
        assertThat(TABLE.missing("host  ingress.host")).containsExactly("no line of the layout is like"
                + " \"host +web\\.host\"");
    }

    @Test
    void eachDeliveryOfTheLabHasATableThatNamesItsApplication() {
        assertThat(SampleDelivery.all()).hasSizeGreaterThanOrEqualTo(8).allSatisfy(delivery -> assertThat(
                Files.readString(Path.of("lab", "deliveries", delivery.name(), "application.yaml")))
                .contains("\n  name: " + delivery.application() + "\n"));
    }

    @Test
    void whatIsBrokenOnPurposeIsThereToBeBroken(@TempDir Path folder) throws IOException {
        for (SampleDelivery delivery : SampleDelivery.all()) {
            for (BrokenSample broken : delivery.broken()) {
                for (BrokenSample.Edit edit : broken.edits()) {
                    Path copy = folder.resolve(delivery.name()).resolve(edit.file());
                    Files.createDirectories(copy.getParent());
                    Files.copy(Path.of("lab", "deliveries", delivery.name(), edit.file()), copy,
                            StandardCopyOption.REPLACE_EXISTING);
                }
                broken.breakIn(folder.resolve(delivery.name()));
                assertThat(broken.edits()).allSatisfy(edit -> assertThat(folder.resolve(delivery.name())
                        .resolve(edit.file())).content().contains(edit.instead()));
                assertThat(broken.tags()).contains(broken.red().keySet()).contains(broken.green());
            }
        }
        assertThat(SampleDelivery.all().stream().filter(delivery -> !delivery.broken().isEmpty()))
                .hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void aTextThatIsNotThereCannotBeBroken(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "a: 1\n");
        BrokenSample broken = new BrokenSample("a is 3", List.of(new BrokenSample.Edit("a.yaml", "a: 2", "a: 3")),
                Map.of("BG-1", "words"), List.of("BG-2"));
        assertThat(broken.tags()).isEqualTo("@BG-1 or @BG-2");
        assertThatThrownBy(() -> broken.breakIn(folder)).hasMessageContaining("has no text a: 2");
    }

    private static RunRecord.Line line(String id, String verdict, String reason) {
        return new RunRecord.Line(id, "", "", true, verdict, "", reason, "", 0);
    }
}
