package delivery.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import delivery.argocd.Application;
import delivery.failure.EnvironmentNotFit;
import delivery.waiting.Feed;
import delivery.waiting.Obstacle;
import delivery.waiting.ResourceVersion;
import delivery.waiting.Subscription;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    @Test
    void whatSomebodyPutBackIsTheEnvironmentsOnceItStaysSo() {
        Obstacle found = reversal(Map.of("image.tag", "2", "mode", "canary"), Map.of("image.tag", "1", "mode",
                "canary")).orElseThrow();
        assertThat(found.sentence()).isEqualTo("Somebody put back what the Application was given: its parameter"
                + " image.tag is 1, and 2 was set");
        assertThat(found.remedy()).get().asString().contains("managedFields of shop-can-1");
        assertThat(found.grace()).contains(Duration.ofSeconds(20));
        assertThat(reversal(Map.of("image.tag", "2"), Map.of())).get().extracting(Obstacle::sentence).asString()
                .contains("image.tag is not there any more");
    }

    @Test
    void anApplicationThatHasWhatItWasGivenIsLeftAlone() {
        assertThat(reversal(Map.of("image.tag", "2"), Map.of("image.tag", "2", "more", "x"))).isEmpty();
        assertThat(reversal(Map.of(), Map.of("image.tag", "1"))).as("nothing was given yet").isEmpty();
    }

    @Test
    void whoDoesNotKnowBlamesNobody() {
        assertThat(reversal(Map.of("image.tag", "2"), Map.of("broken", "x"))).isEmpty();
    }

    private static Optional<Obstacle> reversal(Map<String, String> asked, Map<String, String> has) {
        JsonNode nothing = JsonNodeFactory.instance.objectNode();
        Application application = new Application("shop-can-1", nothing, has, "Synced", nothing, "Healthy", nothing,
                nothing, List.of(), List.of(), new ResourceVersion("", ""));
        Feed<Application> feed = new Feed<>() {
            @Override
            public Application lastKnown() {
                if (has.containsKey("broken")) {
                    throw new EnvironmentNotFit("Argo CD is gone", "Start it");
                }
                return application;
            }

            @Override
            public String whereToLook() {
                return "";
            }

            @Override
            public Subscription onChange(Runnable listener) {
                return () -> { };
            }
        };
        Delivery delivery = (Delivery) Proxy.newProxyInstance(Delivery.class.getClassLoader(),
                new Class<?>[] {Delivery.class}, answers(asked, feed));
        return delivery.reversal();
    }

    private static InvocationHandler answers(Map<String, String> asked, Feed<Application> feed) {
        return (proxy, method, arguments) -> method.isDefault()
                ? InvocationHandler.invokeDefault(proxy, method, arguments)
                : method.getName().equals("asked") ? asked : feed;
    }
}
