package delivery.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import delivery.failure.EnvironmentNotFit;
import delivery.failure.MissingValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    private static final String FILE = "charts/sample-api/values.yaml";
    private static final Values VALUES = Values.parse(FILE, """
            image:
              repository: ghcr.io/sample-team/sample-api
              tag: 1.0.0
            replicas: 2
            nothing:
            labels:
              app.kubernetes.io/name: sample-api
            rollouts:
              scaleDownDelaySeconds: 5
              canary:
                steps:
                  - setWeight: 20
                  - analysis:
                      templates:
                        - templateName: sample-api
                  - pause: {}
                  - pause: {duration: 10}
                  - pause: {duration: 1h30m}
                  - setCanaryScale: {weight: 5}
            """);

    @Test
    void theChartOfTheLabIsRead() throws IOException {
        Path file = Path.of("lab/gitops/charts/sample-api/values.yaml");

        Values values = Values.parse(file.toString(), Files.readString(file));

        assertThat(values.canarySteps("rollouts.canary.steps")).startsWith(new CanaryStep.SetWeight(20))
                .contains(new CanaryStep.Pause(Optional.empty()),
                        new CanaryStep.Analysis(List.of("sample-api"), List.of()));
        assertThat(values.find("replicas").orElseThrow()).matches("[1-9]\\d*");
    }

    @Test
    void valuesAreReadByTheirPath() {
        assertThat(VALUES.find("image.tag")).contains("1.0.0");
        assertThat(VALUES.find("rollouts.scaleDownDelaySeconds")).contains("5");
        assertThat(VALUES.find("rollouts.canary.steps[0].setWeight")).contains("20");
        assertThat(VALUES.find("labels.app\\.kubernetes\\.io/name")).contains("sample-api");
        assertThat(VALUES.find("image")).isEmpty();
        assertThat(VALUES.find("nothing")).isEmpty();
        assertThat(VALUES.find("image.tag.major")).isEmpty();
        assertThat(VALUES.find("rollouts.canary.steps[9]")).isEmpty();
    }

    @Test
    void stepsAreReadAsArgoRolloutsReadsThem() {
        assertThat(VALUES.canarySteps("rollouts.canary.steps")).containsExactly(
                new CanaryStep.SetWeight(20),
                new CanaryStep.Analysis(List.of("sample-api"), List.of()),
                new CanaryStep.Pause(Optional.empty()),
                new CanaryStep.Pause(Optional.of(Duration.ofSeconds(10))),
                new CanaryStep.Pause(Optional.of(Duration.ofMinutes(90))),
                new CanaryStep.SetCanaryScale(OptionalInt.empty(), OptionalInt.of(5)));
    }

    @Test
    void aMissingValueIsNamedWithItsFile() {
        Values none = Values.parse(FILE, "");

        assertThatExceptionOfType(MissingValue.class).isThrownBy(() -> none.canarySteps("rollouts.canary.steps"))
                .withMessage(FILE + " has no rollouts.canary.steps");
        assertThat(none.find("image.tag")).isEmpty();
        assertThatExceptionOfType(MissingValue.class).isThrownBy(
                () -> Values.parse(FILE, "rollouts: {canary: {steps: []}}").canarySteps("rollouts.canary.steps"));
    }

    @Test
    void parametersAreOverTheFileAndNullTakesAway() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("image.tag", "1.10");
        parameters.put("host", "bg-1.sample-api.test");
        parameters.put("rollouts.canary.steps[0].setWeight", "30");
        parameters.put("rollouts.canary.steps[6].setWeight", "40");
        parameters.put("labels.app\\.kubernetes\\.io/name", "other");
        parameters.put("new.and.deep", "1");
        parameters.put("replicas", "null");

        Values values = VALUES.withParameters(parameters, Set.of());

        assertThat(values.find("image.tag")).contains("1.10");
        assertThat(values.find("image.repository")).contains("ghcr.io/sample-team/sample-api");
        assertThat(values.find("host")).contains("bg-1.sample-api.test");
        assertThat(values.canarySteps("rollouts.canary.steps")).hasSize(7).startsWith(new CanaryStep.SetWeight(30))
                .endsWith(new CanaryStep.SetWeight(40));
        assertThat(values.find("labels.app\\.kubernetes\\.io/name")).contains("other");
        assertThat(values.find("new.and.deep")).contains("1");
        assertThat(values.find("replicas")).isEmpty();
        assertThat(VALUES.find("image.tag")).as("the values themselves").contains("1.0.0");
    }

    @Test
    void mappingsAreMergedAndAnythingElseIsReplaced() {
        Values values = VALUES.over(Map.of(
                "image", Map.of("tag", "2.0.0"),
                "rollouts", Map.of("canary", Map.of("steps", List.of(Map.of("setWeight", 50)))),
                "labels", Collections.singletonMap("app.kubernetes.io/name", null)));

        assertThat(values.find("image.tag")).contains("2.0.0");
        assertThat(values.find("image.repository")).contains("ghcr.io/sample-team/sample-api");
        assertThat(values.find("rollouts.scaleDownDelaySeconds")).contains("5");
        assertThat(values.canarySteps("rollouts.canary.steps")).containsExactly(new CanaryStep.SetWeight(50));
        assertThat(values.find("labels.app\\.kubernetes\\.io/name")).isEmpty();
    }

    @Test
    void theValuesOfAnotherFileAreOverTheseInTheSameWay() {
        Values values = VALUES.over(Values.parse("mine.yaml", "image: {tag: 2.0.0}\nreplicas: null\nlabels: none"));

        assertThat(values.find("image.tag")).contains("2.0.0");
        assertThat(values.find("image.repository")).contains("ghcr.io/sample-team/sample-api");
        assertThat(values.find("labels")).contains("none");
        assertThat(values.find("replicas")).isEmpty();
        assertThat(values.all().keySet()).isEqualTo(Set.of("image", "nothing", "labels", "rollouts"));
    }

    @Test
    void theFirstAnalysisOfTheStepsIsKeptAsTheChartHasIt() {
        assertThat(VALUES.analysisStep("rollouts.canary.steps")).isEqualTo(Map.of("analysis",
                Map.of("templates", List.of(Map.of("templateName", "sample-api")))));
        for (String steps : List.of("[{setWeight: 20}, text]", "text", "[]")) {
            Values without = Values.parse(FILE, "rollouts: {canary: {steps: " + steps + "}}");
            assertThatExceptionOfType(MissingValue.class).isThrownBy(() ->
                    without.analysisStep("rollouts.canary.steps"))
                    .withMessage(FILE + " has no analysis in rollouts.canary.steps");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "none.at.all", "image.none", "image.tag.major", "rollouts.canary.steps[2]"})
    void takingAwayWhatNoMappingHasChangesNothing(String path) {
        Values values = VALUES.withParameters(Map.of(path, "null"), Set.of());

        assertThat(values.find("image.tag")).contains("1.0.0");
        assertThat(values.canarySteps("rollouts.canary.steps")).isEqualTo(VALUES.canarySteps("rollouts.canary.steps"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"image.tag.major", "replicas[0]", "rollouts.canary.steps[8].setWeight", "image[0]",
        "image.", "image..tag"})
    void aParameterThatDoesNotFitIsNamed(String path) {
        assertThatExceptionOfType(EnvironmentNotFit.class)
                .isThrownBy(() -> VALUES.withParameters(Map.of(path, "1"), Set.of()))
                .withMessageContaining(path).withMessageContaining(FILE);
    }

    /** Argo CD joins names with dots and escapes nothing. */
    @Test
    void aMergedNameWithADotIsTheOneThatTheValuesHave() {
        Values values = Values.parse(FILE, "{files: {.env: a, app.conf: b}, image: {tag: c}}").withMerged(Map.of(
                "files..env", "a", "files.app.conf", "new", "files..other", "x", "image.tag", "d"));

        assertThat(values.all().toString()).isEqualTo("{files={.env=a, app.conf=new}, image={tag=d}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "a[", "a[x]", "a]", "[1", "a[1]b[", "a\\", "a[9999999]"})
    void whatIsNoPathIsRefused(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> VALUES.find(path));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'a: 1\nb: [1, 2'   | line 2, column 9",
        "'a: 1\n\tb: 2'     | line 2, column 1",
        "'- a\n- b'         | line 1, column 1",
        "'just a text'      | line 1, column 1",
        "'a: {b: 1}}'       | line 1, column 10"})
    void whatIsNoYamlMappingIsNamedByItsPlace(String text, String place) {
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> Values.parse(FILE, text))
                .withMessageStartingWith(FILE + ", " + place);
    }

    @Test
    void aBombOfAliasesDoesNotGoOff() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int level = 1; level < 60; level++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]%n".formatted(level, level, level - 1, level - 1));
        }
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> Values.parse(FILE, bomb.toString()))
                .withMessageStartingWith(FILE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "{a: 1}", "[x]", "[{setWeight: 101}]", "[{setWeight: -1}]", "[{setWeight: }]",
        "[{pause: {duration: soon}}]", "[{setWeight: 1, pause: {}}]"})
    void whatAreNoStepsIsSaidToBeSo(String steps) {
        Values values = Values.parse(FILE, "rollouts: {canary: {steps: " + steps + "}}");

        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() ->
                values.canarySteps("rollouts.canary.steps"))
                .withMessageStartingWith(FILE + ": rollouts.canary.steps is ");
    }

    @Property(tries = 200)
    void whatIsSetIsFound(@ForAll @NotBlank String name, @ForAll @NotBlank String inner, @ForAll String value) {
        String path = escaped(name) + "." + escaped(inner);

        assertThat(Values.parse(FILE, "").withParameters(Map.of(path, "v" + value), Set.of()).find(path))
                .contains("v" + value);
    }

    private static String escaped(String name) {
        return name.replaceAll("(?s)([.\\[\\]\\\\])", "\\\\$1");
    }
}
