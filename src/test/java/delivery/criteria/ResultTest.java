package delivery.criteria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @ParameterizedTest
    @CsvSource({"PROVEN,CRITERION,true", "PROVEN,ENVIRONMENT,false", "PROVEN,SUITE,false", "PROVEN,SELECTION,false",
        "NOT_MET,CRITERION,true", "NOT_MET,ENVIRONMENT,true", "NOT_MET,SUITE,false", "NOT_MET,SELECTION,false",
        "NOT_RUN,CRITERION,false", "NOT_RUN,ENVIRONMENT,true", "NOT_RUN,SUITE,true", "NOT_RUN,SELECTION,true",
        "NOT_RUN,DELIVERY,false", "PROVEN,DELIVERY,false", "NOT_MET,DELIVERY,false", "NOT_APPLICABLE,DELIVERY,true",
        "NOT_APPLICABLE,SELECTION,false", "NOT_APPLICABLE,CRITERION,false", "NOT_APPLICABLE,ENVIRONMENT,false"})
    void aVerdictComesFromACauseThatCanLeadToIt(Verdict verdict, Cause cause, boolean fits) {
        if (fits) {
            assertThatCode(() -> new Result(verdict, cause, "why", "", SECOND)).doesNotThrowAnyException();
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> new Result(verdict, cause, "why", "", SECOND))
                    .withMessage(verdict + " cannot come from " + cause);
        }
    }

    @Test
    void onlyAProofNeedsNoReason() {
        assertThat(Result.proven(SECOND)).isEqualTo(Result.proven("", SECOND));
        assertThatIllegalArgumentException().isThrownBy(() -> Result.notRun(Cause.SUITE, " \n", SECOND))
                .withMessage("NOT_RUN needs a reason");
    }

    @Test
    void onlyProvenAndNotMetAreJudged() {
        assertThat(Verdict.values()).filteredOn(Verdict::isJudged).containsExactly(Verdict.PROVEN, Verdict.NOT_MET);
        assertThat(Verdict.NOT_APPLICABLE.words()).isEqualTo("not applicable");
    }

    @Test
    void theEnvironmentMayBeWhatWasJudged() {
        assertThat(Result.notMet(Cause.ENVIRONMENT, "no gateway", SECOND))
                .isEqualTo(new Result(Verdict.NOT_MET, Cause.ENVIRONMENT, "no gateway", "", SECOND));
    }

    @Test
    void aLineHoldsThreeHundredCharacters() {
        assertThat(Result.notMet("x".repeat(300), SECOND).sentence()).isEqualTo("x".repeat(300));
        assertThat(Result.notMet("x".repeat(301), SECOND).sentence()).isEqualTo("x".repeat(299) + "…");
        assertThat(Result.proven("y".repeat(301), SECOND).sentence()).isEqualTo("y".repeat(299) + "…");
    }

    @Test
    void aReasonStandsAfterWhereItComesFrom() {
        assertThat(Result.notRun(Cause.SUITE, "interrupted", SECOND).sentence())
                .isEqualTo("internal error in the suite: interrupted");
        assertThat(Result.notMet(Cause.ENVIRONMENT, "no gateway", SECOND).sentence()).isEqualTo("no gateway");
        assertThat(Result.proven("all by 1.1.0", SECOND).origin()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'One\nTwo'|One. Two", "'One.\nTwo'|One. Two", "'One:\nTwo'|One: Two", "'One;\nTwo'|One; Two",
                "'One,\nTwo'|One, Two",
        "'One\n\n  two   words '|One two words", "'Seen on the way:\nmuch'|'Seen on the way:\nmuch'",
        "'One\nSeen on the way:\nmuch\nLook: x'|One", "'One\n Seen on the way:\nmuch'|One. Seen on the way: much"})
    void linesBecomeSentencesUpToTheStoryOfTheWait(String reason, String sentence) {
        assertThat(Result.notMet(reason, SECOND).sentence()).isEqualTo(sentence);
    }

    @Test
    void onlyWhatNobodyAskedForIsUnselected() {
        assertThat(Result.UNSELECTED.isUnselected()).isTrue();
        assertThat(Result.notRun(Cause.SELECTION, "no scenario ran for it", Duration.ZERO).isUnselected()).isFalse();
        assertThat(Result.proven(SECOND).isUnselected()).isFalse();
    }

    @Test
    void otherTextsChangeNothingElse() {
        assertThat(Result.notMet(Cause.ENVIRONMENT, "secret", SECOND).with(text -> text.replace("secret", "*")))
                .isEqualTo(Result.notMet(Cause.ENVIRONMENT, "*", SECOND));
    }

    @Test
    void nothingIsKnownAfterAnInterruption() {
        for (Result result : List.of(Result.proven("all 300 requests", SECOND), Result.notMet("too late", SECOND))) {
            assertThat(result.interrupted()).isEqualTo(
                    Result.notRun(Cause.SELECTION, "the run was interrupted", SECOND));
        }
    }
}
