package delivery.evidence;

import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.AllureResultsWriter;
import io.qameta.allure.model.Attachment;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import io.qameta.allure.model.TestResultContainer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An extension that runs a test within an Allure lifecycle of its own, which keeps its results in memory. */
final class RecordedReport implements BeforeEachCallback, AfterEachCallback, AllureResultsWriter {

    private final Map<String, String> contentBySource = new LinkedHashMap<>();
    private final List<TestResult> results = new ArrayList<>();
    private final String uuid = UUID.randomUUID().toString();
    private AllureLifecycle before;

    @Override
    public void beforeEach(ExtensionContext context) {
        before = Allure.getLifecycle();
        AllureLifecycle recording = new AllureLifecycle(this);
        Allure.setLifecycle(recording);
        TestResult test = new TestResult().setUuid(uuid).setName("test");
        results.add(test);
        recording.scheduleTestCase(test);
        recording.startTestCase(uuid);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Allure.getLifecycle().stopTestCase(uuid);
        Allure.setLifecycle(before);
    }

    /** Returns the names of all attachments of the test, in their order. */
    List<String> attachments() {
        return results.get(0).getAttachments().stream().map(Attachment::getName).toList();
    }

    String attachment(String name) {
        return results.get(0).getAttachments().stream()
                .filter(attachment -> attachment.getName().equals(name))
                .map(attachment -> contentBySource.get(attachment.getSource()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no attachment " + name + " but " + attachments()));
    }

    /** Returns each step's name with the names of its attachments. */
    List<String> steps() {
        return results.get(0).getSteps().stream().map(RecordedReport::step).toList();
    }

    private static String step(StepResult step) {
        return step.getName() + " " + step.getAttachments().stream().map(Attachment::getName).toList();
    }

    @Override
    public void write(TestResult result) {
        results.add(result);
    }

    @Override
    public void write(TestResultContainer container) {
        throw new UnsupportedOperationException("no fixture is run here");
    }

    @Override
    public void write(String source, InputStream attachment) {
        try {
            contentBySource.put(source, new String(attachment.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
