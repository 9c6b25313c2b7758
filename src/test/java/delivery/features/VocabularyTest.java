package delivery.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.release.CanaryPlan;
import delivery.steps.OutOfRange;
import io.cucumber.core.options.RuntimeOptionsBuilder;
import io.cucumber.core.runtime.Runtime;
import io.cucumber.cucumberexpressions.Argument;
import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.Result;
import io.cucumber.plugin.event.Status;
import io.cucumber.plugin.event.StepDefinedEvent;
import io.cucumber.plugin.event.TestRunFinished;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {

    private static final Vocabulary VOCABULARY = Vocabulary.read();

    /** The check must use the same vocabulary as a run. */
    @Test
    void isTheOneThatCucumberHas() {
        List<String> defined = new ArrayList<>();
        List<Result> results = new ArrayList<>();
        ConcurrentEventListener listener = publisher -> {
            publisher.registerHandlerFor(StepDefinedEvent.class, event ->
                    defined.add(event.getStepDefinition().getPattern()));
            publisher.registerHandlerFor(TestRunFinished.class, event -> results.add(event.getResult()));
        };
        Runtime.builder().withAdditionalPlugins(listener).withRuntimeOptions(new RuntimeOptionsBuilder().setDryRun(true)
                .addGlue(URI.create("classpath:/delivery/steps"))
                .addFeature(io.cucumber.core.feature.FeatureWithLines.parse("features")).build()).build().run();
        assertThat(VOCABULARY.steps()).extracting(StepDefinition::source).containsExactlyInAnyOrderElementsOf(
                Set.copyOf(defined));
        assertThat(results).extracting(Result::getStatus).as("of a dry run").containsExactly(Status.PASSED);
    }

    @Test
    void everyStepHasAnExampleThatFitsItAlone() {
        for (StepDefinition step : VOCABULARY.steps()) {
            assertThat(VOCABULARY.fitting(VOCABULARY.example(step))).as(VOCABULARY.example(step)).containsExactly(step);
        }
    }

    @Test
    void everySpellingIsAcceptedWhereverItsParameterStands() {
        for (StepDefinition step : VOCABULARY.steps()) {
            for (Parameter parameter : VOCABULARY.parameters().values()) {
                for (String spelling : parameter.spellings()) {
                    String sentence = VOCABULARY.example(step, parameter, spelling);
                    assertThat(VOCABULARY.fitting(sentence)).as(sentence).containsExactly(step);
                    assertThat(step.arguments(sentence)).as(sentence).allSatisfy(argument ->
                            assertThat(argument.getValue()).isNotNull());
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "users have the old version, released by blue/green | users have the old version, released by blueGreen",
        "the next version is released | the new version is released",
        "200 requests are sent to the active Service over 1 minute | 200 requests are sent to the stable Service over"
                + " 60s",
        "2,000 requests are sent to the preview Service over 500 ms | 2000 requests are sent to the preview Service"
                + " over 0.5 s",
        "the canary's steps are 10 %, 40 percent and 80%, each until promoted"
                + " | the canary's steps are 10%, 40%, 80%, each until it is promoted",
        "every request was answered by the previous version | every request was answered by the old version",
        "users have the old version on 3 replicas, released by canary | users have the old version on 3 pods, released"
                + " by Canary",
    })
    void synonymsMeanTheSame(String one, String other) {
        assertThat(values(one)).isEqualTo(values(other)).isNotEmpty();
    }

    private static List<?> values(String text) {
        List<StepDefinition> fitting = VOCABULARY.fitting(text);
        assertThat(fitting).as(text).hasSize(1);
        return fitting.get(0).arguments(text).stream().map(Argument::getValue).map(value ->
                value instanceof CanaryPlan.Pause pause ? pause.duration() : value).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "2000000 requests are sent to the preview Service over 4 seconds",
                "0 requests are sent to the preview Service over 4 seconds",
        "99999999999999999999 requests are sent to the preview Service over 4 seconds",
        "200 requests are sent to the preview Service over 4 days",
        "200 requests are sent to the preview Service over 10 ms",
        "200 requests are sent to the preview Service over 11 minutes",
        "users send 501 requests a second all the while",
        "users have the old version on 0 pods, released by canary",
        "users have the old version on 21 pods, released by canary",
        "the canary's steps are 101%, each until promoted", "the canary's steps are 20%, each for 1.5 seconds",
        "the canary's steps are 20%, each for 99999999999999999999 minutes",
        "shares are judged by 99 requests", "shares are judged by 2000 requests, 1 in 10 right ones refused",
        "shares are judged by 2000 requests, within 51 points", "shares are judged by 500 requests, within 5 points",
    })
    void whatIsOutOfRangeIsNoValue(String text) {
        List<StepDefinition> fitting = VOCABULARY.fitting(text);
        if (fitting.isEmpty()) {
            assertThat(text).as("the only words that are no parameter at all").endsWith("days");
            return;
        }
        assertThat(fitting).as(text).hasSize(1);
        assertThatThrownBy(() -> fitting.get(0).arguments(text).forEach(Argument::getValue)).as(text)
                .satisfies(thrown -> assertThat(thrown instanceof OutOfRange || thrown.getCause() instanceof OutOfRange)
                        .isTrue());
    }

    @Test
    void theCatalogueHasEveryStepAndEveryParameter() throws IOException {
        Path file = Path.of("reports", "steps.md");
        new StepCatalogue(VOCABULARY).write(file);
        String catalogue = Files.readString(file);
        for (StepDefinition step : VOCABULARY.steps()) {
            assertThat(catalogue).contains("| `" + step.source() + "` | " + VOCABULARY.example(step));
            Matcher parameter = Pattern.compile("\\{(\\w*)}").matcher(step.source());
            while (parameter.find()) {
                assertThat(catalogue).as(step.source()).contains("| `{" + parameter.group(1) + "}` | ");
            }
        }
        assertThat(VOCABULARY.parameters().values()).allSatisfy(parameter ->
                assertThat(catalogue).contains(parameter.meaning()).contains(parameter.spellings()));
    }
}
