package delivery.run;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.console.Console;
import delivery.environment.OneServer;
import delivery.environment.Platform;
import delivery.history.CallLog;
import java.io.IOException;
import java.nio.file.Path;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class TestEnvironmentTest {

    @TempDir
    Path folder;

    /** BG-5 was reported as not met: its scenario saw the live release being put back after Ctrl-C. */
    @Test
    void itIsInterruptedBeforeItChangesAnything() throws IOException {
        try (MockWebServer server = new MockWebServer()) {
            TestEnvironment[] environment = new TestEnvironment[1];
            boolean[] known = {true};
            server.setDispatcher(new Dispatcher() {
                @Override
                public MockResponse dispatch(RecordedRequest request) {
                    known[0] &= environment[0] == null || environment[0].isInterrupted();
                    return request.getPath().equals("/version")
                            ? new MockResponse().setBody("{\"gitVersion\":\"v1.34.1\"}")
                            : new MockResponse().setResponseCode(404);
                }
            });
            server.start();
            try (Platform platform = OneServer.platform(server.url("/").toString(), folder, new CallLog())) {
                environment[0] = new TestEnvironment(platform.settings(), platform, Console.open(folder), "abcde",
                        "PRE-1");
                assertThat(environment[0].isInterrupted()).isFalse();
                int before = server.getRequestCount();
                environment[0].interrupted();
                assertThat(server.getRequestCount()).isGreaterThan(before);
            }
            assertThat(known[0]).isTrue();
            assertThat(environment[0].isInterrupted()).isTrue();
        }
    }
}
