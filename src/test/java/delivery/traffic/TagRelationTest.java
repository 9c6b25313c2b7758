package delivery.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagRelationTest {

    @ParameterizedTest
    @CsvSource({"1.0.0,1.0.0,1.1.0,1.1.0", "v0.2.1,0.2.1,v0.3.0,0.3.0", "0.2.1-alpine,0.2.1,0.3.0-alpine,0.3.0",
        "release-v1.4.2,1.4.2,release-v1.5.0,1.5.0", "1.0.0,v1.0.0,1.1.0,v1.1.0",
        "1.0.0,sample-api 1.0.0,1.1.0,sample-api 1.1.0", "build_7-1.0.0,build_7,build_8-1.0.0,build_8",
        "api-1.0.0-slim,1.0.0,api-2.0.0-slim,2.0.0"})
    void whatOneVersionShowsHoldsForTheNext(String tag, String answer, String next, String answers) {
        TagRelation relation = TagRelation.between(tag, answer).orElseThrow();

        assertThat(relation.answer(tag)).contains(answer);
        assertThat(relation.answer(next)).contains(answers);
    }

    @ParameterizedTest
    @CsvSource({"9f3c2e1,1.0.0", "11.0.0,1.0.0", "1.0.0.1,1.0.0", "1.0.0,1.0.0+20260101", "1.0.0-1.0.0,1.0.0",
        "latest,1.0.0", "1.0.0,11.0.0", "x1.0.0,1.0.0", "1.0.0a,1.0.0"})
    void whatHasNothingToDoWithTheTagIsNoRelation(String tag, String answer) {
        assertThat(TagRelation.between(tag, answer)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"v0.2.1,0.2.1,0.3.0", "0.2.1-alpine,0.2.1,0.3.0", "0.2.1-alpine,0.2.1,-alpine"})
    void aTagOfAnotherFormHasNoAnswer(String tag, String answer, String other) {
        assertThat(TagRelation.between(tag, answer).orElseThrow().answer(other)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1.0.0,1.0.0,its tag", "v1.0.0,1.0.0,its tag without its v", 
        "1.0.0-slim,1.0.0,its tag without its -slim",
        "a-1.0.0-b,1.0.0,its tag without its a- and -b", "1.0.0,v1.0.0,its tag with v before it"})
    void itIsShownInWords(String tag, String answer, String words) {
        assertThat(TagRelation.between(tag, answer).orElseThrow().words("its tag")).isEqualTo(words);
    }

    @Property(tries = 300)
    void whateverIsLearnedGivesTheAnswerThatItWasLearnedFrom(
            @ForAll @CharRange(from = '0', to = '2') @StringLength(min = 1, max = 4) String part,
            @ForAll @StringLength(max = 3) @CharRange(from = '-', to = '1') String before,
            @ForAll @StringLength(max = 3) @CharRange(from = '-', to = '1') String after) {
        String tag = before + part + after;
        TagRelation.between(tag, part).ifPresent(relation ->
                assertThat(relation.answer(tag)).contains(part));
    }
}
