package delivery.steps;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadsDeploymentTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "delivery.steps.HistorySteps.lists() | true",
        "delivery.steps.HistorySteps.listsOnlyThose() | false",
        "delivery.steps.ReleaseSteps.released(delivery.steps.VersionRole) | false",
        "delivery.steps.Gone.tells() | false", "null | false"})
    void aStepThatReadsADeploymentIsRecognizedByThePlaceOfItsCode(String code, boolean reads) {
        assertThat(ReadsDeployment.Steps.has(code)).isEqualTo(reads);
    }
}
