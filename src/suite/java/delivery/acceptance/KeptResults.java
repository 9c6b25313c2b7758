package delivery.acceptance;

import io.qameta.allure.AllureResultsWriteException;
import io.qameta.allure.AllureResultsWriter;
import io.qameta.allure.model.TestResult;
import io.qameta.allure.model.TestResultContainer;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Writes Allure's results. A failure to write one is remembered: it neither ends a scenario nor is it a verdict. */
final class KeptResults implements AllureResultsWriter {

    private final AllureResultsWriter writer;
    private final Consumer<IOException> unwritable;

    /** @param unwritable receives errors of writing */
    KeptResults(AllureResultsWriter writer, Consumer<IOException> unwritable) {
        this.writer = writer;
        this.unwritable = unwritable;
    }

    @Override
    public void write(TestResult result) {
        kept(() -> writer.write(result));
    }

    @Override
    public void write(TestResultContainer container) {
        kept(() -> writer.write(container));
    }

    @Override
    public void write(String source, InputStream attachment) {
        kept(() -> writer.write(source, attachment));
    }

    private void kept(Runnable writing) {
        try {
            writing.run();
        } catch (AllureResultsWriteException failed) {
            unwritable.accept(new IOException(failed.getMessage() + cause(failed), failed));
        }
    }

    private static String cause(AllureResultsWriteException failed) {
        return failed.getCause() == null ? "" : ": " + failed.getCause();
    }
}
