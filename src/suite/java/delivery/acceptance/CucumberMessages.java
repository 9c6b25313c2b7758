package delivery.acceptance;

import io.cucumber.core.plugin.MessageFormatter;
import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.EventPublisher;

/** Writes everything that Cucumber did, one message per line and without secrets, for tools that read its messages. */
public final class CucumberMessages implements ConcurrentEventListener {

    private final MessageFormatter formatter = new MessageFormatter(new RedactedLines(
            SuiteRun.reports().resolve("messages.ndjson"), text -> SuiteRun.current().run().redacted(text),
            unwritable -> SuiteRun.current().run().unwritten(unwritable)));

    @Override
    public void setEventPublisher(EventPublisher publisher) {
        formatter.setEventPublisher(publisher);
    }
}
