package delivery.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.failure.Denial;
import delivery.waiting.Obstacle;
import delivery.waiting.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationTest {

    private static final String COMPARED =
            "\"comparedTo\":{\"source\":{\"helm\":{\"parameters\":[{\"name\":\"image.tag\","
            + "\"value\":\"2.0.0\"}]}}}";
    private static final String BEFORE = COMPARED.replace("2.0.0", "1.0.0");

    static Application parse(String json) {
        try {
            return Application.parse(new ObjectMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** Returns an Application that asks for 2.0.0, with this status. */
    private static Application asking(String sync, String compared, String health, String more) {
        return parse("{\"metadata\":{\"name\":\"shop\"},\"spec\":{\"project\":\"default\",\"source\":{\"helm\":{"
                + "\"parameters\":[{\"name\":\"image.tag\",\"value\":\"2.0.0\",\"forceString\":true}]}}},\"status\":{"
                + "\"sync\":{\"status\":\"" + sync + "\"," + compared + "},\"health\":{\"status\":\"" + health + "\"}"
                + more + "}}");
    }

    private static String operation(String phase) {
        return ",\"operationState\":{\"phase\":\"" + phase + "\",\"message\":\"one or more objects failed to apply\"}";
    }

    private static String condition(String type) {
        return ",\"conditions\":[{\"type\":\"" + type + "\",\"message\":\"helm template failed\"}]";
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"metadata\":null,\"spec\":null,\"status\":null}",
        "{\"status\":{\"history\":null,\"conditions\":null,\"operationState\":null,\"sync\":null,\"health\":null}}",
        "{\"status\":{\"history\":[{}],\"unknown\":1},\"spec\":{\"source\":{\"helm\":{\"parameters\":null}}}}"})
    void nothingInTheObjectIsRequired(String json) {
        Application application = parse(json);
        assertThat(application.sync()).isEqualTo("Unknown");
        assertThat(application.health()).isEqualTo("Unknown");
        assertThat(application.operation()).isEmpty();
        assertThat(application.deployed().isMissingNode()).isTrue();
        assertThat(application.synced()).isFalse();
        assertThat(application.summary()).isEqualTo("Unknown, Unknown");
    }

    @Test
    void theDeployedSourceHasTheVeryRevision() {
        Application application = parse("{\"status\":{\"history\":[{\"revision\":\"a\",\"source\":{\"path\":\"x\"}},"
                + "{\"revision\":\"b\",\"source\":{\"path\":\"y\",\"targetRevision\":\"main\"}}]}}");
        assertThat(application.deployed().path("targetRevision").asText()).isEqualTo("b");
        assertThat(application.deployed().path("path").asText()).isEqualTo("y");
    }

    @Test
    void itsHelmParametersAreKnownWithThoseThatAreTexts() {
        Application application = parse("{\"spec\":{\"source\":{\"path\":\"a\",\"helm\":{\"parameters\":[{"
                + "\"name\":\"a\",\"value\":\"1\",\"forceString\":true},{\"name\":\"b\",\"value\":\"2\"}]}}},"
                + "\"status\":{\"sync\":{\"revision\":\"abc\"}}}");
        assertThat(application.source().path("path").asText()).isEqualTo("a");
        assertThat(application.helmParameters()).containsOnly(Map.entry("a", "1"), Map.entry("b", "2"));
        assertThat(application.textParameters()).containsExactly("a");
        assertThat(application.comparedRevision()).isEqualTo("abc");
        Application other = application.with(parse("{\"spec\":{\"source\":{\"helm\":{\"parameters\":[{"
                + "\"name\":\"a\",\"value\":\"3\"}]}}}}").spec(), application.comparison());
        assertThat(other.parameters()).containsExactly(Map.entry("a", "3"));
        assertThat(other.comparedRevision()).isEqualTo("abc");
    }

    @Test
    void differencesAreIgnoredOfTheKindsThatItNames() {
        Application application = parse("{\"spec\":{\"ignoreDifferences\":[{\"kind\":\"Rollout\"}]}}");
        assertThat(application.ignores("Rollout")).isTrue();
        assertThat(application.ignores("Service")).isFalse();
        assertThat(parse("{\"spec\":{\"ignoreDifferences\":[{\"kind\":\"*\"}]}}").ignores("Service")).isTrue();
    }

    @Test
    void anApplicationIsReadWhole() {
        Application application = asking("Synced", BEFORE, "Healthy", operation("Running") + condition("SyncError"));
        assertThat(application.name()).isEqualTo("shop");
        assertThat(application.project()).isEqualTo("default");
        assertThat(application.parameters()).containsExactly(Map.entry("image.tag", "2.0.0"));
        assertThat(application.compared()).containsExactly(Map.entry("image.tag", "1.0.0"));
        assertThat(application.operation()).isEqualTo("Running");
        assertThat(application.conditions()).containsExactly("SyncError: helm template failed");
        assertThat(application.spec().path("project").asText()).isEqualTo("default");
    }

    @Test
    void aDeployedSourceWithoutARevisionKeepsItsOwn() {
        assertThat(parse("{\"status\":{\"history\":[{\"source\":{\"targetRevision\":\"main\"}}]}}").deployed()
                .path("targetRevision").asText())
                .isEqualTo("main");
        assertThat(parse("{\"status\":{\"history\":[{\"revision\":\"a\",\"source\":{}}]}}").deployed()
                .path("targetRevision").asText()).isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource({"Synced, true, true", "Synced, false, false", "OutOfSync, true, false", "Unknown, true, false"})
    void onlyAStatusOfTheParametersThatItHasNowCounts(String sync, boolean compared, boolean synced) {
        assertThat(asking(sync, compared ? COMPARED : BEFORE, "Healthy", "").synced()).isEqualTo(synced);
    }

    @Test
    void theSummaryTellsWhatIsWrong() {
        assertThat(asking("OutOfSync", BEFORE, "Degraded", operation("Failed") + condition("SyncError")).summary())
                .isEqualTo("OutOfSync, Degraded (not compared with its new parameters yet), last sync Failed"
                        + " (one or more objects failed to apply); SyncError: helm template failed");
        assertThat(asking("Synced", COMPARED, "Suspended", operation("Succeeded")).summary())
                .isEqualTo("Synced, Suspended, last sync Succeeded");
        assertThat(asking("OutOfSync", COMPARED, "Healthy",
                ",\"resources\":[{\"kind\":\"Service\",\"name\":\"shop-preview\","
                + "\"status\":\"OutOfSync\",\"requiresPruning\":true},{\"kind\":\"Service\",\"name\":\"shop\","
                + "\"status\":"
                + "\"Synced\"},{\"kind\":\"Rollout\",\"name\":\"shop\",\"status\":\"OutOfSync\"}]").summary())
                .isEqualTo("OutOfSync (Service shop-preview is to be pruned, Rollout shop differs), Healthy");
    }

    private static Application synced(String began, String initiated, String resources, String parameter,
            String revision) {
        return parse("{\"spec\":{\"source\":{\"helm\":{\"parameters\":[{\"name\":\"image.tag\",\"value\":\""
                + parameter + "\"}]}}},\"status\":{\"sync\":{\"revision\":\"" + revision
                + "\"},\"operationState\":{\"startedAt\":\"" + began + "\",\"operation\":{\"initiatedBy\":{"
                + initiated + "},\"sync\":{\"resources\":[" + resources + "]}}}}}");
    }

    /** A sync of a person or of another commit is not self-heal, and neither is a sync that began before. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', value = {
        "10:02:00Z, '\"automated\":true', '{\"kind\":\"Rollout\",\"name\":\"shop\"}', 2.0.0, abc, true",
        "10:02:00Z, '\"automated\":true', '', 2.0.0, abc, true",
        "10:02:00Z, '\"automated\":true', '{\"kind\":\"Rollout\",\"name\":\"other\"}', 2.0.0, abc, false",
        "10:02:00Z, '\"automated\":true', '{\"kind\":\"Service\",\"name\":\"shop\"}', 2.0.0, abc, false",
        "10:01:00Z, '\"automated\":true', '', 2.0.0, abc, false",
        "'', '\"automated\":true', '', 2.0.0, abc, false",
        "10:02:00Z, '\"username\":\"admin\"', '', 2.0.0, abc, false",
        "10:02:00Z, '\"automated\":true', '', 3.0.0, abc, false",
        "10:02:00Z, '\"automated\":true', '', 2.0.0, def, false"})
    void selfHealIsASyncByItselfOfWhatWasAskedForBefore(String began, String initiated, String resources,
            String parameter, String revision, boolean healed) {
        Application before = synced("10:01:00Z", "\"automated\":true", "", "2.0.0", "abc");
        assertThat(synced(began, initiated, resources, parameter, revision).healedSince(before, "shop"))
                .isEqualTo(healed);
    }

    @Nested
    class Expectations {

        @Test
        void theySayInWordsWhatTheyExpect() {
            assertThat(ApplicationExpectations.synced().description()).isEqualTo("Argo CD has synced the Application");
            assertThat(ApplicationExpectations.syncedAnd("Healthy").description())
                    .isEqualTo("Argo CD says that the Application is synced and Healthy");
        }

        @Test
        void itIsSynced() {
            Application synced = asking("Synced", COMPARED, "Progressing", operation("Succeeded"));
            assertThat(ApplicationExpectations.synced().judge(synced)).isEqualTo(Outcome.met(synced));
        }

        @ParameterizedTest
        @CsvSource({"OutOfSync, Running", "OutOfSync, Succeeded", "Unknown, Running"})
        void itIsNotSyncedYet(String sync, String operation) {
            Application application = asking(sync, COMPARED, "Healthy", operation(operation));
            assertThat(ApplicationExpectations.synced().judge(application))
                    .isEqualTo(Outcome.notYet(application.summary()));
        }

        @ParameterizedTest
        @ValueSource(strings = {"ComparisonError", "InvalidSpecError"})
        void whatCannotBeRenderedIsNeverSynced(String type) {
            assertThat(ApplicationExpectations.synced().judge(asking("Unknown", COMPARED, "Healthy", condition(type))))
                    .isEqualTo(Outcome.impossible(type + ": helm template failed"));
        }

        @ParameterizedTest
        @ValueSource(strings = {
            "rpc error: code = Unavailable desc = connection error: dial tcp 127.0.0.1:8081: connect: connection"
                    + " refused",
            "Get \\\"https://10.0.0.1/version\\\": dial tcp: i/o timeout", "context deadline exceeded"})
        void whatDidNotAnswerIsAskedAgain(String message) {
            Application application = asking("Unknown", COMPARED, "Healthy",
                    condition("ComparisonError").replace("helm template failed", message));
            assertThat(application.conditions()).as("the fixture").hasSize(1);
            assertThat(ApplicationExpectations.synced().judge(application))
                    .isInstanceOfSatisfying(Outcome.NotYet.class, notYet -> {
                        assertThat(notYet.platformDown()).isTrue();
                        assertThat(notYet.seen()).contains(message.replace("\\\"", "\""));
                    });
        }

        /** Seen on a machine that was busy for minutes; the delivery was not at fault. */
        @Test
        void aSyncThatHasNotSaidWhatItIsAtIsThePlatforms() {
            Application application = asking("OutOfSync", COMPARED, "Missing",
                    operation("Running").replace("one or more objects failed to apply", ""));
            assertThat(ApplicationExpectations.synced().judge(application))
                    .isInstanceOfSatisfying(Outcome.NotYet.class, notYet -> {
                        assertThat(notYet.platformDown()).isTrue();
                        assertThat(notYet.seen()).startsWith("Argo CD began to sync, and has not applied an object");
                    });
            Application waits = asking("OutOfSync", COMPARED, "Missing", operation("Running")
                    .replace("one or more objects failed to apply", "waiting for completion of hook batch/Job/m"));
            assertThat(ApplicationExpectations.synced().judge(waits))
                    .isEqualTo(Outcome.notYet(waits.summary()));
        }

        @Test
        void aSyncThatDidNotReachTheClusterRulesNothingOut() {
            Application application = asking("OutOfSync", COMPARED, "Healthy", operation("Failed").replace(
                    "one or more objects failed to apply",
                    "Get https://10.0.0.1:6443/api: connect: connection refused"));
            assertThat(ApplicationExpectations.synced().judge(application))
                    .isInstanceOfSatisfying(Outcome.NotYet.class, notYet -> {
                        assertThat(notYet.platformDown()).isTrue();
                        assertThat(notYet.seen()).contains("connection refused");
                    });
        }

        @Test
        void itIsComparedWhenArgoCdHasRenderedWhatItAsksForNow() {
            Application compared = asking("OutOfSync", COMPARED.replace("\"value\":\"2.0.0\"",
                    "\"value\":\"2.0.0\",\"forceString\":true"), "Missing", "");
            assertThat(ApplicationExpectations.compared().judge(compared)).isEqualTo(Outcome.met(compared));
            Application before = asking("OutOfSync", BEFORE, "Missing", "");
            assertThat(ApplicationExpectations.compared().judge(before)).isEqualTo(Outcome.notYet(before.summary()));
        }

        @Test
        void whatCannotBeRenderedIsNeverCompared() {
            String source = COMPARED.replace("\"value\":\"2.0.0\"", "\"value\":\"2.0.0\",\"forceString\":true");
            assertThat(ApplicationExpectations.compared().judge(asking("Unknown", source, "Missing",
                    condition("ComparisonError"))))
                    .isEqualTo(Outcome.impossible("ComparisonError: helm template failed"));
            assertThat(ApplicationExpectations.compared().judge(asking("Unknown", BEFORE, "Missing",
                    condition("ComparisonError")))).as("of what it asked for before")
                    .isInstanceOf(Outcome.NotYet.class);
            assertThat(ApplicationExpectations.compared().judge(asking("Unknown", source, "Missing", condition(
                    "ComparisonError").replace("helm template failed", "context deadline exceeded"))))
                    .isInstanceOfSatisfying(Outcome.NotYet.class, notYet -> assertThat(notYet.platformDown()).isTrue());
            assertThat(ApplicationExpectations.syncedAnd("Healthy").judge(asking("Unknown", COMPARED, "Healthy",
                    condition("ComparisonError"))))
                    .isEqualTo(Outcome.impossible("ComparisonError: helm template failed"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"OrphanedResourceWarning", "SyncError", "SharedResourceWarning"})
        void aWarningDoesNotRuleItOut(String type) {
            assertThat(ApplicationExpectations.synced()
                    .judge(asking("OutOfSync", COMPARED, "Healthy", condition(type))))
                    .isInstanceOfSatisfying(Outcome.NotYet.class, notYet -> assertThat(notYet.seen()).contains(type));
        }

        @ParameterizedTest
        @ValueSource(strings = {"Failed", "Error"})
        void aSyncThatFailedRulesItOut(String phase) {
            assertThat(ApplicationExpectations.synced()
                    .judge(asking("OutOfSync", COMPARED, "Healthy", operation(phase))))
                    .isEqualTo(Outcome.impossible("the sync failed: one or more objects failed to apply"));
        }

        @Test
        void aSyncThatAQuotaOfTheClusterRefusesIsTheEnvironments() {
            Application application = asking("OutOfSync", COMPARED, "Healthy", operation("Failed").replace(
                    "one or more objects failed to apply", "services 'shop' is forbidden: exceeded quota: small"));
            Obstacle cause = Obstacle.of("Sync", "the sync failed: services 'shop' is forbidden: exceeded quota: small")
                    .inEnvironment(new Denial("exceeded quota: small").remedy(Set.of(), true));
            assertThat(ApplicationExpectations.synced().judge(application)).isEqualTo(Outcome.impossible(cause));
        }

        @Test
        void aSyncThatFailedBeforeTheNewParametersRulesNothingOut() {
            assertThat(ApplicationExpectations.synced()
                    .judge(asking("OutOfSync", BEFORE, "Healthy", operation("Failed"))))
                    .isInstanceOf(Outcome.NotYet.class);
        }

        @ParameterizedTest
        @CsvSource({"Synced, Suspended, true", "Synced, Healthy, false", "OutOfSync, Suspended, false"})
        void itIsSyncedAndHasAHealth(String sync, String health, boolean met) {
            Application application = asking(sync, COMPARED, health, "");
            assertThat(ApplicationExpectations.syncedAnd("Suspended").judge(application)).isEqualTo(
                    met ? Outcome.met(application) : Outcome.notYet(application.summary()));
        }
    }

    @ParameterizedTest
    @CsvSource({"Synced, Healthy, , true", "Synced, Suspended, worker, true", "Synced, Suspended, , false",
        "OutOfSync, Suspended, worker, false", "Synced, Degraded, worker, false"})
    void anotherRolloutThatWaitsSaysNothingOfTheRelease(String sync, String health, String other, boolean met) {
        Application application = asking(sync, COMPARED, health, "");
        assertThat(ApplicationExpectations.healthyBut(() -> Optional.ofNullable(other)).judge(application)).isEqualTo(
                met ? Outcome.met(application) : Outcome.notYet(application.summary()));
    }

    /** After an undo, the Rollout differs from what the Application asks for. */
    @Nested
    class Undone {

        private static final String WHOLE = "\"comparedTo\":{\"source\":{\"helm\":{\"parameters\":[{"
                + "\"name\":\"image.tag\",\"value\":\"2.0.0\",\"forceString\":true}]}}}";

        private Application with(String sync, String health, String... differing) {
            return asking(sync, WHOLE, health, ",\"resources\":[" + Stream.of(differing)
                    .map(object -> "{\"kind\":\"" + object.split(" ")[0] + "\",\"name\":\"" + object.split(" ")[1]
                            + "\",\"status\":\"OutOfSync\"}").collect(Collectors.joining(",")) + "]");
        }

        private boolean finds(Application application) {
            return ApplicationExpectations.finds("shop").judge(application) instanceof Outcome.Met;
        }

        private boolean findsOnly(Application application) {
            return ApplicationExpectations.findsOnly("shop", Optional::empty).judge(application) instanceof Outcome.Met;
        }

        @Test
        void argoCdMustNameTheRollout() {
            assertThat(finds(with("OutOfSync", "Suspended", "Rollout shop"))).isTrue();
            assertThat(finds(with("OutOfSync", "Suspended", "Rollout shop", "Service shop"))).isTrue();
            assertThat(finds(with("OutOfSync", "Suspended", "Rollout other"))).isFalse();
            assertThat(finds(with("OutOfSync", "Suspended", "Service shop"))).isFalse();
            assertThat(finds(with("Synced", "Healthy"))).as("as if nothing had been undone").isFalse();
            assertThat(finds(with("Unknown", "Healthy", "Rollout shop"))).isFalse();
        }

        @Test
        void whatItSaidBeforeTheLastChangeSaysNothing() {
            assertThat(finds(asking("OutOfSync", BEFORE, "Healthy",
                    ",\"resources\":[{\"kind\":\"Rollout\",\"name\":\"shop\",\"status\":\"OutOfSync\"}]"))).isFalse();
        }

        @Test
        void anApplicationThatIgnoresItsRolloutMayBeSynced() {
            for (String kind : Set.of("Rollout", "*")) {
                Application ignoring = parse(("{'metadata':{'name':'shop'},'spec':{'source':{'path':'a'},"
                        + "'ignoreDifferences':[{'kind':'Service'},{'kind':'" + kind + "'}]},'status':{'sync':{"
                        + "'status':'Synced','comparedTo':{'source':{'path':'a'}}},'health':{'status':'Healthy'}}}")
                        .replace('\'', '"'));
                assertThat(finds(ignoring)).isTrue();
                assertThat(findsOnly(ignoring)).isTrue();
            }
        }

        @Test
        void nothingElseMayDifferAtTheEndAndItIsHealthy() {
            assertThat(findsOnly(with("OutOfSync", "Healthy", "Rollout shop"))).isTrue();
            assertThat(findsOnly(with("OutOfSync", "Suspended", "Rollout shop"))).isFalse();
            assertThat(ApplicationExpectations.findsOnly("shop", () -> Optional.of("worker")).judge(
                    with("OutOfSync", "Suspended", "Rollout shop"))).isInstanceOf(Outcome.Met.class);
            assertThat(findsOnly(with("OutOfSync", "Healthy", "Rollout shop", "Service shop"))).isFalse();
            assertThat(findsOnly(with("Synced", "Healthy"))).isFalse();
        }

        @Test
        void aPartThatArgoCdDidNotReachIsNoVerdict() {
            assertThat(ApplicationExpectations.finds("shop").judge(asking("Unknown", WHOLE, "Healthy",
                    ",\"conditions\":[{\"type\":\"ComparisonError\",\"message\":\"code = Unavailable\"}]")))
                    .isInstanceOfSatisfying(Outcome.NotYet.class, outcome ->
                            assertThat(outcome.platformDown()).isTrue());
        }

        @Test
        void complaintsNameWhatIsMissing() {
            assertThat(with("Synced", "Healthy").complaint()).isEmpty();
            assertThat(with("OutOfSync", "Healthy", "Service shop").complaint()).hasValueSatisfying(why ->
                    assertThat(why).contains("Service shop differs"));
            assertThat(with("Synced", "Healthy").complaint("image.tag", "2.0.0")).isEmpty();
            assertThat(with("Synced", "Healthy").complaint("image.tag", "3.0.0"))
                    .contains("Argo CD compared the cluster with image.tag=2.0.0, expected: 3.0.0");
            assertThat(with("Synced", "Healthy").complaint("other", "1")).isPresent();
        }
    }
}
