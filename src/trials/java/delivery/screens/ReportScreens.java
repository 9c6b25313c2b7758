package delivery.screens;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Checks of the report in a real browser. Run with {@code make screens}. */
class ReportScreens {

    private static final Path REPORT = Path.of(System.getProperty("report", "reports/allure.html"));

    @Test
    void theReportOfTheLastRunIsWell() throws IOException {
        assertThat(ReportCheck.problems(REPORT, "report")).isEmpty();
    }

    @Test
    void aGreenReportIsWell() throws IOException {
        assertThat(ReportCheck.problems(SampleReport.render("green", Set.of()), "green")).isEmpty();
    }

    @Test
    void aRedReportIsWell() throws IOException {
        assertThat(ReportCheck.problems(SampleReport.render("red", Set.of("CAN-3", "RB-2")), "red")).isEmpty();
    }

    @Test
    void aRequestThatLeavesTheFileIsSeen() throws IOException {
        Path html = tampered("foreign", page -> page.replace("</body>",
                "<img src=\"https://elsewhere.invalid/picture.png\"></body>"));

        assertThat(ReportCheck.problems(html, "tampered")).anyMatch(problem ->
                problem.contains("outside of its file: https://elsewhere.invalid/picture.png"));
    }

    @Test
    void aMissingPictureIsSeen() throws IOException {
        Path html = tampered("missing", page -> page.replaceAll(
                "(data/attachments/[0-9a-f]+\\.svg['\"], ?['\"])[^'\"]*", "$1"));

        assertThat(ReportCheck.problems(html, "tampered")).anyMatch(problem -> problem.contains("picture"));
    }

    @Test
    void aScriptThatFailsIsSeen() throws IOException {
        Path html = tampered("complaining", page -> page.replace("</body>",
                "<script>setTimeout(() => { throw new Error('broken'); })</script></body>"));

        assertThat(ReportCheck.problems(html, "tampered")).anyMatch(problem -> problem.contains("broken"));
    }

    @Test
    void aCriterionThatIsNotInTheTreeIsSeen() throws IOException {
        Path html = SampleReport.render("short", Set.of(), Set.of("BG-3"));

        assertThat(ReportCheck.problems(html, "tampered")).contains("the tree has no criterion BG-3");
    }

    private static Path tampered(String name, UnaryOperator<String> change) throws IOException {
        String page = Files.readString(SampleReport.render("green", Set.of()));
        String changed = change.apply(page);
        assertThat(changed).as("the tampered page").isNotEqualTo(page);
        return Files.writeString(Path.of("target", "screens", name + ".html"), changed);
    }
}
