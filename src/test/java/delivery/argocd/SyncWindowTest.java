package delivery.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyncWindowTest {

    private static final String DENY =
            "{\"kind\":\"deny\",\"schedule\":\"0 22 * * *\",\"duration\":\"8h\",\"manualSync\":true}";
    private static final String ALLOW = "{\"kind\":\"allow\",\"schedule\":\"0 6 * * 1\",\"duration\":\"1h\"}";

    /** As Argo CD's own {@code CanSync} judges an automated sync. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", value = {
        "'' | '' | none", "'' | deny | none", "deny | deny | the window \"0 22 * * *\" for 8h denies syncs",
        "allow | allow | none", "deny,allow | deny,allow | the window \"0 22 * * *\" for 8h denies syncs",
        "'' | allow | the window \"0 6 * * 1\" for 1h, which alone allows syncs, is not open",
        "allow | allow,deny | none"})
    void aWindowIsInTheWay(String active, String assigned, String said) throws JsonProcessingException {
        assertThat(SyncWindow.inTheWay(new ObjectMapper().readTree("{\"activeWindows\":" + windows(active)
                + ",\"assignedWindows\":" + windows(assigned) + ",\"canSync\":true}")).map(SyncWindow::toString)
                .orElse(null))
                .isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{}", "{\"activeWindows\":null,\"assignedWindows\":null}"})
    void aProjectWithoutWindowsHasNoneInTheWay(String answer) throws JsonProcessingException {
        assertThat(SyncWindow.inTheWay(new ObjectMapper().readTree(answer))).isEmpty();
    }

    private static String windows(String kinds) {
        return kinds.isEmpty() ? "null" : "[" + kinds.replace("deny", DENY).replace("allow", ALLOW) + "]";
    }
}
