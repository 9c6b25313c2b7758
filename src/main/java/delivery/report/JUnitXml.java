package delivery.report;

import delivery.criteria.Cause;
import delivery.criteria.Result;
import delivery.criteria.Summary;
import delivery.criteria.Verdict;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The verdicts in the format of CI servers: a section of the checklist is a suite, a criterion a test case. */
public record JUnitXml(Summary summary, Instant begun) {

    /** Writes the file, creating its folder if necessary. */
    public void write(Path file) throws IOException {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            Map<String, List<Summary.Line>> sections = new LinkedHashMap<>();
            summary.lines().forEach(line -> sections.computeIfAbsent(line.criterion().section(),
                    unused -> new ArrayList<>()).add(line));
            xml.writeStartElement("testsuites");
            for (Map.Entry<String, List<Summary.Line>> section : sections.entrySet()) {
                suite(xml, section.getKey(), section.getValue());
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException unwritable) {
            throw new IOException("the verdicts could not be written as XML", unwritable);
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text + "\n");
    }

    private void suite(XMLStreamWriter xml, String section, List<Summary.Line> lines) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        attribute(xml, "name", section);
        attribute(xml, "tests", String.valueOf(lines.size()));
        attribute(xml, "failures", count(lines, "failure"));
        attribute(xml, "errors", count(lines, "error"));
        attribute(xml, "skipped", count(lines, "skipped"));
        attribute(xml, "time", seconds(lines.stream().mapToLong(line -> line.result().took().toMillis()).sum()));
        attribute(xml, "timestamp", begun.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ""));
        for (Summary.Line line : lines) {
            testCase(xml, line);
        }
        xml.writeEndElement();
    }

    private void testCase(XMLStreamWriter xml, Summary.Line line) throws XMLStreamException {
        Result result = line.result();
        xml.writeCharacters("\n    ");
        xml.writeStartElement("testcase");
        attribute(xml, "classname", line.criterion().section());
        attribute(xml, "name", line.criterion().id() + ": " + line.criterion().words());
        attribute(xml, "time", seconds(result.took().toMillis()));
        String element = element(result);
        if (element.isEmpty()) {
            text(xml, "system-out", result.sentence());
        } else {
            xml.writeStartElement(element);
            attribute(xml, "message", (result.verdict() == Verdict.NOT_APPLICABLE ? "not applicable: " : "")
                    + result.sentence());
            if (!element.equals("skipped")) {
                attribute(xml, "type", result.cause().name().toLowerCase(Locale.ROOT));
                xml.writeCharacters(clean(result.reason()));
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    /** Returns "failure" if the delivery is at fault, "error" if the suite, the features or the settings are. */
    private static String element(Result result) {
        return switch (result.verdict()) {
            case PROVEN -> "";
            case NOT_MET -> "failure";
            case NOT_RUN -> result.cause() == Cause.ENVIRONMENT || result.isUnselected() ? "skipped" : "error";
            case NOT_APPLICABLE -> "skipped";
        };
    }

    private static String count(List<Summary.Line> lines, String element) {
        return String.valueOf(lines.stream().filter(line -> element(line.result()).equals(element)).count());
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
    }

    private static void text(XMLStreamWriter xml, String element, String text) throws XMLStreamException {
        if (!text.isEmpty()) {
            xml.writeStartElement(element);
            xml.writeCharacters(clean(text));
            xml.writeEndElement();
        }
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, clean(value));
    }

    /** Removes the control characters that XML cannot express, which a pod's message may contain. */
    private static String clean(String text) {
        return text.codePoints().map(character -> character == '\t' || character == '\n' || character == '\r'
                || character >= 0x20 && character <= 0xd7ff || character >= 0xe000 && character <= 0xfffd
                || character >= 0x10000 ? character : 0xfffd)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }
}
