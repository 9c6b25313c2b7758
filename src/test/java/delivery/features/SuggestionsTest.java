package delivery.features;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {

    private final Suggestions suggestions = new Suggestions(Vocabulary.read());

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "the release is promotd | did you mean \"the release is promoted\"?",
        "500 requests are send to the previw Service over 10 seconds"
                + " | did you mean \"500 requests are sent to the preview Service over 10 seconds\"?",
        "users are answered by the new versoin only | did you mean \"users are answered by the new version only\"?",
        "users have old version, released by blue green"
                + " | did you mean \"users have the old version, released by blue green\"?",
        "the release stay healthy for 4 seconds and Argo CD says so too"
                + " | did you mean \"the release stays healthy for 4 seconds, and Argo CD says so too\"?",
        "users have the old version on three pods, released by canary | For \"pods\" write 3 pods, 1 pod, 3 replicas.",
    })
    void keepTheNumbersAndWordsOfWhoWrote(String written, String repair) {
        assertThat(suggestions.insteadOf(written)).contains(repair);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "the old pods disappear in the end | ReplicaSet",
        "a push to the registry works | the registry accepts a push",
    })
    void nameWhatSpeaksOfTheSameIfNothingIsNear(String written, String words) {
        assertThat(suggestions.insteadOf(written)).contains(words).contains("reports/steps.md");
    }
}
