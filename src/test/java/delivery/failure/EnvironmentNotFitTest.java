package delivery.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class EnvironmentNotFitTest {

    @Test
    void saysWhatWasFoundAndWhatToDo() {
        IOException cause = new IOException("connection refused");

        assertThat(new EnvironmentNotFit("Argo CD does not answer", "Check ARGOCD_SERVER.", cause))
                .hasMessage("Argo CD does not answer. Check ARGOCD_SERVER.")
                .hasCause(cause)
                .isNotInstanceOf(AssertionError.class);
    }

    @Test
    void endsEachSentenceOnce() {
        assertThat(new EnvironmentNotFit(" The token is refused. ", "Set a valid one"))
                .hasMessage("The token is refused. Set a valid one.").hasNoCause();
    }

    @Test
    void bothPartsAreKeptAsTheyWereGiven() {
        for (EnvironmentNotFit unfit : new EnvironmentNotFit[] {new EnvironmentNotFit("No answer", "Start it"),
            new EnvironmentNotFit("No answer", "Start it", new IllegalStateException("closed"))}) {
            assertThat(unfit.what()).isEqualTo("No answer");
            assertThat(unfit.whatToDo()).isEqualTo("Start it");
        }
    }
}
