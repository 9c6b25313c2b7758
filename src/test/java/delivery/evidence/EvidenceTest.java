package delivery.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.picture.Picture;
import io.qameta.allure.Allure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EvidenceTest {

    @RegisterExtension
    final RecordedReport report = new RecordedReport();

    private final Evidence evidence = new Evidence(text -> text.replace("hidden", "***"));

    record Seen(String version, Optional<String> pod, Optional<String> failure, Instant at, Duration took) {
    }

    @Test
    void textIsAttachedWithoutSecrets() {
        evidence.attach("Log of hidden", "line hidden");

        assertThat(report.attachment("Log of ***")).isEqualTo("line ***");
    }

    @Test
    void valuesAreAttachedAsJson() {
        evidence.json("Seen", new Seen("1.1.0", Optional.of("pod-hidden"), Optional.empty(),
                Instant.parse("2026-01-31T12:00:00Z"), Duration.ofMillis(1500)));

        assertThat(report.attachment("Seen")).isEqualToNormalizingNewlines("""
                {
                  "version" : "1.1.0",
                  "pod" : "pod-***",
                  "failure" : null,
                  "at" : "2026-01-31T12:00:00Z",
                  "took" : "PT1.5S"
                }""");
    }

    @Test
    void whatIsNoJsonIsRefused() {
        assertThatThrownBy(() -> evidence.json("Thing", new Object())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"Thing\"");
    }

    @Test
    void rowsAreAttachedAsATable() {
        evidence.table("Counts", List.of("version", "requests"), List.of(List.of("1.0, \"old\"", "hidden")));

        assertThat(report.attachment("Counts"))
                .isEqualTo("\"version\",\"requests\"\r\n\"1.0, \"\"old\"\"\",\"***\"\r\n");
        assertThatThrownBy(() -> evidence.table("Counts", List.of("a"), List.of(List.of("1", "2"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsOfTheCaseIsNotBesideTheStepThatRuns() {
        Allure.step("Look", () -> {
            Evidence ofTheCase = evidence.ofTheCase();
            evidence.attach("Of the step", "text");
            ofTheCase.table("Of the hidden case", List.of("a"), List.of(List.of("hidden")));
            Thread elsewhere = new Thread(() -> ofTheCase.attach("From elsewhere", "text"));
            elsewhere.start();
            try {
                elsewhere.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(report.steps()).containsExactly("Look [Of the step]");
        assertThat(report.attachments()).containsExactly("Of the *** case", "From elsewhere");
        assertThat(report.attachment("Of the *** case")).contains("***");
    }

    @Test
    void aPictureIsAttachedOrWhyThereIsNone() {
        evidence.picture("Seen", new Picture(Optional.of("<svg>hidden</svg>"), "words"));
        evidence.picture("Not seen", new Picture(Optional.empty(), "no fonts"));

        assertThat(report.attachment("Seen")).isEqualTo("<svg>***</svg>");
        assertThat(report.attachment("Not seen")).isEqualTo("no fonts");
    }
}
