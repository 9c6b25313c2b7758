package delivery.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.criteria.Cause;
import delivery.criteria.Result;
import delivery.criteria.Summary;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;

class JUnitXmlTest {

    @TempDir
    Path folder;

    @Test
    void everyCriterionIsATestCaseInItsWordsAndEverySectionASuite() throws IOException, SAXException {
        String xml = written(Summaries.green());

        valid(xml);
        assertThat(xml)
                .containsSubsequence("<testsuite name=\"Second\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\"",
                "<testcase classname=\"Second\" name=\"Z-1: First `z` &lt;of&gt; all.\" time=\"1.000\">",
                "<system-out>300 of 300 by 1.1.0</system-out>", "<testsuite name=\"First\" tests=\"2\"", "B-1", "A-1");
    }

    @Test
    void aFailureBeginsWithItsSentenceAndWhatWasNotRunIsNone() throws IOException, SAXException {
        String xml = written(Summaries.of(Map.of(
                "Z-1", Result.notMet("Expected: \"1.1.0\"\nLast seen: \u0007<none>\nSeen on the way:\n0.1 s",
                        Summaries.SECOND),
                "B-1", Result.notRun(Cause.ENVIRONMENT, "No gateway.", Summaries.SECOND)), Set.of("Z-1", "B-1")));

        valid(xml);
        assertThat(xml)
                .contains(" failures=\"1\" errors=\"0\" skipped=\"0\"", " failures=\"0\" errors=\"0\" skipped=\"2\"",
                "<skipped message=\"environment problem: No gateway.\"",
                "<skipped message=\"not selected in this run\"");
        assertThat(xml)
                .containsPattern(
                        "<failure message=\"Expected: (\"|&quot;)1.1.0(\"|&quot;)\\. Last seen:"
                                + " \ufffd&lt;none(>|&gt;)\" type=\"criterion\">Expected: \"1");
    }

    @Test
    void aFaultOfTheSuiteOrTheFeaturesIsAnError() throws IOException, SAXException {
        String xml = written(Summaries.of(Map.of(
                "Z-1", Result.notRun(Cause.SUITE, "NullPointerException", Summaries.SECOND),
                "B-1", Result.notRun(Cause.SELECTION, "a step is undefined", Summaries.SECOND)), Summaries.ALL));

        valid(xml);
        assertThat(xml).contains("<error message=\"internal error in the suite: NullPointerException\" type=\"suite\">",
                "<error message=\"a step is undefined\" type=\"selection\">",
                "<error message=\"no scenario ran for it\" type=\"selection\">", "errors=\"2\"");
    }

    @Test
    void whatIsNotApplicableIsSkippedWithItsReason() throws IOException, SAXException {
        String xml = written(Summaries.of(Map.of("Z-1", Result.proven("seen", Summaries.SECOND),
                "B-1", Result.notApplicable("No canary.", Summaries.SECOND)), Set.of("Z-1", "B-1")));

        valid(xml);
        assertThat(xml).contains("<skipped message=\"not applicable: No canary.\"", "failures=\"0\" errors=\"0\"")
                .doesNotContain("<failure", "<error");
    }

    @Test
    void theSchemaRefusesWhatJenkinsWould() throws IOException {
        String xml = written(Summaries.green());
        assertThatThrownBy(() -> valid(xml.replace(" tests=\"1\"", ""))).isInstanceOf(SAXException.class);
        assertThatThrownBy(() -> valid(xml.replace("system-out", "output"))).isInstanceOf(SAXException.class);
    }

    private String written(Summary summary) throws IOException {
        Path file = folder.resolve("reports/junit.xml");
        new JUnitXml(summary, Instant.parse("2026-01-01T00:00:00Z")).write(file);
        return Files.readString(file);
    }

    private static void valid(String xml) throws IOException, SAXException {
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(JUnitXmlTest.class.getResource("junit.xsd")).newValidator()
                .validate(new StreamSource(new StringReader(xml)));
    }
}
