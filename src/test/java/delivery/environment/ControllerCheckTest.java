package delivery.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.history.CallLog;
import delivery.waiting.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ControllerCheckTest {

    /**
     * A user or a project may be limited to namespaces with the delivery's name, so the check's namespace has it too.
     */
    @Test
    void itsNamespaceHasTheNameOfTheApplication(@TempDir Path folder) throws IOException {
        List<String> made = new CopyOnWriteArrayList<>();
        try (MockWebServer server = new MockWebServer()) {
            server.setDispatcher(new Dispatcher() {
                @Override
                public MockResponse dispatch(RecordedRequest request) {
                    if (request.getMethod().equals("POST")) {
                        made.add(request.getPath() + " " + request.getBody().readUtf8());
                        return new MockResponse().setResponseCode(403);
                    }
                    return new MockResponse().setHeader("Content-Type", "application/json")
                            .setBody("{\"gitVersion\":\"v1.36.3\"}");
                }
            });
            server.start();
            try (Platform platform = OneServer.platform(server.url("/").toString(), folder, new CallLog(),
                    Map.of("APPLICATION", "shop"))) {
                assertThatThrownBy(() -> new ControllerCheck(platform, "abcde")
                        .require(new Waiting(1, (what, elapsed, seen) -> { }))).isNotNull();
            }
        }
        assertThat(made).singleElement().asString().startsWith("/api/v1/namespaces ")
                .contains("\"name\":\"shop-check-abcde\"");
    }
}
