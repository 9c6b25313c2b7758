package delivery.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.history.CallLog;
import delivery.settings.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.Test;

class ApplicationResourcesTest {

    @Test
    void whyAnApplicationIsNotHealthyIsReportedByItsObjects() throws IOException, InterruptedException {
        assertThat(unhealthy("""
                {"nodes":[{"kind":"Service","name":"shop","health":{"status":"Healthy"}},
                 {"kind":"HorizontalPodAutoscaler","name":"shop","health":{"status":"Degraded",
                  "message":"no metrics returned from resource metrics API"}},
                 {"kind":"Secret","name":"shop"},{"kind":"Pod","name":"shop-1","health":{"status":"Progressing"}}]}"""))
                .hasValue("Argo CD says of the Application shop that HorizontalPodAutoscaler shop is Degraded (no"
                        + " metrics returned from resource metrics API), Pod shop-1 is Progressing");
    }

    @Test
    void whereArgoCdNamesNoneNothingIsSaid() throws IOException, InterruptedException {
        assertThat(unhealthy("{\"nodes\":[{\"kind\":\"Service\",\"health\":{\"status\":\"Healthy\"}}]}")).isEmpty();
        assertThat(unhealthy("{}")).isEmpty();
    }

    private static Optional<String> unhealthy(String tree) throws IOException, InterruptedException {
        try (MockWebServer server = new MockWebServer()) {
            server.start();
            server.enqueue(answer("{\"metadata\":{\"name\":\"shop\"},\"spec\":{\"project\":\"default\"}}"));
            server.enqueue(answer(tree));
            try (ArgoCd argoCd = new ArgoCd(new Login(server.url("/").uri(), Optional.of(new Secret("private-token")),
                    "admin", Optional.empty(), Optional.empty(), false), new CallLog(), Duration.ofMillis(1),
                    Duration.ofSeconds(90))) {
                Application shop = argoCd.find("shop", "default").orElseThrow();
                server.takeRequest();
                Optional<String> unhealthy = argoCd.resources().unhealthy(shop);
                assertThat(server.takeRequest().getPath())
                        .isEqualTo("/api/v1/applications/shop/resource-tree?project=default");
                return unhealthy;
            }
        }
    }

    private static MockResponse answer(String body) {
        return new MockResponse().setHeader("Content-Type", "application/json").setBody(body);
    }
}
