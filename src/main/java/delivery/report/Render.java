package delivery.report;

import java.io.IOException;
import java.nio.file.Path;

/** Renders the report again from the results of the last run: {@code make report}. */
public final class Render {

    private Render() {
    }

    /** @throws IOException if there are no results, or they cannot be rendered; the message explains what to do */
    public static void main(String[] arguments) throws IOException {
        Path html = Path.of("reports", "allure.html");
        new AllureReport(Path.of("target", "allure-results"), Path.of("target", "renderer")).render(html);
        System.out.println("report: " + html.toAbsolutePath().toUri());
    }
}
