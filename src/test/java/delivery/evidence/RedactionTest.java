package delivery.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.settings.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    private final Redaction none = new Redaction(List.of());

    @ParameterizedTest
    @ValueSource(strings = {
        "Authorization: Bearer hidden.hid-den_hidden==",
        "authorization: Basic hiddenhidden=",
        "{\"token\":\"hidden\"}",
        "{\"auth-token\" : \"hidden\"}",
        "{\"body\":\"{\\\"password\\\":\\\"hidden\\\"}\"}",
        "{\"name\":\"database.password\",\"value\":\"hidden\",\"forceString\":true}",
        "{\"patch\":\"[{\\\"name\\\":\\\"api.apiKey\\\", \\\"value\\\":\\\"hidden\\\"}]\"}",
        "{\"env\":[{\"value\":\"hidden\",\"name\":\"DATABASE_PASSWORD\"}]}",
        "{\"body\":\"[{\\\"value\\\":\\\"hidden\\\",\\\"name\\\":\\\"API_KEY\\\"}]\"}",
        "{\"env\":[{\"name\":\"API_KEY\",\"value\":\"hidden\"}]}",
        "{\"apiKey\":\"hidden\"}",
        "{\"smtp\":{\"pass\":\"hidden\"}}",
        "{\"dbCredentials\":\"hidden\"}",
        "argocd app create shop -p db.secret=hidden -p image.tag=1",
        "POST /session?token=hidden&x=1",
        "ARGOCD_PASSWORD=hidden make",
        "argocd --auth-token=hidden",
        "  password: hidden",
        "password: \"hidden hidden\"", "'client_secret': 'hidden'", "apiKey: hidden", "Set-Cookie: session=hidden",
        "AWS_SECRET_ACCESS_KEY=hidden", "Authorization: token hiddenhidden", "X-Api-Key: hidden",
        "docker login -u ci --password hidden r", "https://hidden-hidden-hidden@git.test/x",
        "https://user:hidden@registry.example/v2/",
        "eyJhiddenhidden.eyJhiddenhidden.hidden-hidden"})
    void whatStandsWhereSecretsDoIsTakenOut(String text) {
        assertThat(none.apply(text)).doesNotContain("hidden").contains("(redacted)");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "the canary served 20.3% of 1000 requests",
        "kubectl argo rollouts promote sample-api -n blue",
        "https://registry.example:5000/v2/o/sample-api@sha256:abc",
        "{\"status\":{\"pauseConditions\":null}}",
        "{\"name\":\"image.tag\",\"value\":\"1.2.3\"}",
        "secretName: tls"})
    void allElseStays(String text) {
        assertThat(none.apply(text)).isEqualTo(text);
    }

    @Property(tries = 300)
    void aKnownSecretIsTakenOutHoweverItIsWritten(
            @ForAll @CharRange(from = '!', to = '~') @StringLength(min = 6, max = 30) String value) {
        Redaction redaction = new Redaction(List.of(new Secret(value)));
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);

        for (String written : List.of(value, URLEncoder.encode(value, StandardCharsets.UTF_8),
                Base64.getEncoder().encodeToString(bytes), value.replace("\\", "\\\\").replace("\"", "\\\""))) {
            assertThat(redaction.apply("before " + written + " after")).isEqualTo("before (redacted) after");
        }
    }

    @Test
    void ofTwoSecretsThatBeginAlikeBothAreTakenOutWhole() {
        Redaction redaction = new Redaction(List.of(new Secret("abcdef"), new Secret("abcdefghi")));

        assertThat(redaction.apply("x abcdefghi y abcdef z")).isEqualTo("x (redacted) y (redacted) z");
    }
}
