package delivery.features;

import delivery.criteria.Checklist;
import delivery.failure.InvalidChecklist;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The program behind {@code make check} and {@code make format}: reports problems in the features, or formats them. It
 * needs no cluster.
 */
public final class Check {

    private static final String FORMAT = "--format";

    private Check() {
    }

    /**
     * @param arguments {@value #FORMAT} to format first; a folder, unless it is {@code features}
     * @throws IOException if the folder cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        List<String> given = List.of(arguments);
        Path folder =
                Path.of(given.stream().filter(argument -> !argument.equals(FORMAT)).findFirst().orElse("features"));
        System.exit(run(folder, given.contains(FORMAT), Path.of("reports", "steps.md"), System.out));
    }

    /** @return 0 if there is no finding, else 1 */
    static int run(Path folder, boolean format, Path steps, PrintStream out) throws IOException {
        Vocabulary vocabulary = Vocabulary.read();
        new StepCatalogue(vocabulary).write(steps);
        if (format) {
            format(folder, out);
        }
        Features features = Features.read(folder);
        List<Finding> findings;
        try {
            findings = features.findings(Checklist.read(features.task()), vocabulary);
        } catch (InvalidChecklist invalid) {
            out.println(invalid.getMessage());
            out.println("1 finding");
            return 1;
        }
        findings.forEach(out::println);
        if (!findings.isEmpty()) {
            out.println(findings.size() + (findings.size() == 1 ? " finding" : " findings") + " in "
                    + findings.stream().map(Finding::file).distinct().count() + " of the files in " + folder
                    + "; all steps that there are: " + steps);
            return 1;
        }
        out.println("no finding: " + features.files().size() + " feature files, " + features.rows().size()
                + " scenarios; all steps that there are: " + steps);
        return 0;
    }

    private static void format(Path folder, PrintStream out) throws IOException {
        for (FeatureFile file : Features.read(folder).files()) {
            String text = Formatting.of(file).text();
            if (!text.equals(file.text().raw())) {
                Files.writeString(file.text().file(), text);
                out.println("formatted " + file.text().file());
            }
        }
    }
}
