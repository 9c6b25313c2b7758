package delivery.screens;

import delivery.criteria.Checklist;
import delivery.criteria.Criterion;
import delivery.criteria.Section;
import delivery.evidence.Evidence;
import delivery.picture.TimelinePicture;
import delivery.report.AllureReport;
import delivery.timeline.Stories;
import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.FileSystemResultsWriter;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A report as a run makes it, with made-up cases. */
final class SampleReport {

    private static final Path PLACE = Path.of("target", "screens");

    private SampleReport() {
    }

    /**
     * Renders a report.
     *
     * @param red ids of the criteria that are not met
     * @return the file
     */
    static Path render(String name, Set<String> red) throws IOException {
        return render(name, red, Set.of());
    }

    /** Renders a report as {@link #render(String, Set)} does, but without some of the criteria. */
    static Path render(String name, Set<String> red, Set<String> without) throws IOException {
        Path results = PLACE.resolve(name + "-results");
        AllureReport report = new AllureReport(results, Path.of("target", "renderer"));
        report.begin();
        report.describe(Map.of("Target", "made up"));
        AllureLifecycle before = Allure.getLifecycle();
        AllureLifecycle lifecycle = new AllureLifecycle(new FileSystemResultsWriter(results));
        Allure.setLifecycle(lifecycle);
        try {
            for (Section section : Checklist.read(Path.of("features", "task-9.md")).sections()) {
                for (Criterion criterion : section.criteria()) {
                    if (without.contains(criterion.id())) {
                        continue;
                    }
                    add(lifecycle, section, criterion, red.contains(criterion.id()));
                }
            }
        } finally {
            Allure.setLifecycle(before);
        }
        Path html = PLACE.resolve(name + ".html");
        report.render(html);
        return html;
    }

    private static void add(AllureLifecycle lifecycle, Section section, Criterion criterion, boolean red) {
        String uuid = "case-" + criterion.id();
        lifecycle.scheduleTestCase(new TestResult().setUuid(uuid).setHistoryId(criterion.id())
                .setName(criterion.id() + ": " + criterion.words())
                .setLabels(List.of(label("epic", "task-9: progressive delivery"), label("feature", section.name()),
                        label("story", criterion.words()))));
        lifecycle.startTestCase(uuid);
        Status status = red ? Status.FAILED : Status.PASSED;
        lifecycle.startStep(uuid, uuid
                + "-step", new StepResult().setName("Then users are answered").setStatus(status));
        lifecycle.stopStep(uuid + "-step");
        new Evidence(text -> text).picture("Versions served over time", TimelinePicture.of(Stories.canary()));
        lifecycle.updateTestCase(uuid, test -> test.setStatus(status).setStatusDetails(
                red ? new StatusDetails().setMessage("At step 2 the canary served 45.0%").setTrace("at a step")
                : null));
        lifecycle.stopTestCase(uuid);
        lifecycle.writeTestCase(uuid);
    }

    private static Label label(String name, String value) {
        return new Label().setName(name).setValue(value);
    }
}
