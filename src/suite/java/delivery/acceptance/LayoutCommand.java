package delivery.acceptance;

import delivery.criteria.Checklist;
import delivery.criteria.Criterion;
import delivery.criteria.ExitCode;
import delivery.evidence.Redaction;
import delivery.failure.EnvironmentNotFit;
import delivery.failure.WrongInput;
import delivery.features.Features;
import delivery.layout.LayoutTable;
import delivery.layout.Need;
import delivery.layout.Provability;
import delivery.run.LayoutInspection;
import delivery.settings.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;

/** Shows the layout of a delivery, and which criteria can be proved of it. It deploys and changes nothing. */
final class LayoutCommand {

    private LayoutCommand() {
    }

    /**
     * Inspects the delivery that the settings name. The exit code is 2 if the user has to decide or repair something
     * first, and 3 if the environment has to be repaired.
     */
    static int run(Map<String, String> environment, Properties system, PrintStream out) throws IOException {
        Checklist checklist = Checklist.read(SuiteRun.checklist());
        Map<String, Set<Need>> needs = Features.read(SuiteRun.features()).needs();
        try {
            Redaction redaction = new Redaction(Settings.given(environment, system).secrets());
            return show(LayoutInspection.of(environment, system, System.err::println), checklist, needs,
                    line -> out.println(redaction.apply(line)));
        } catch (WrongInput wrong) {
            out.println(wrong.getMessage());
            return ExitCode.WRONG_INPUT.code();
        } catch (EnvironmentNotFit unfit) {
            out.println(unfit.getMessage());
            return ExitCode.ENVIRONMENT.code();
        }
    }

    static int show(Provability provability, Checklist checklist, Map<String, Set<Need>> needs, Consumer<String> out) {
        LayoutTable.of(provability.layout()).forEach(out);
        out.accept("");
        Map<String, String> hindrances = new LinkedHashMap<>();
        for (Criterion criterion : checklist.criteria()) {
            hindrances.put(criterion.id(), needs.getOrDefault(criterion.id(), Set.of()).stream()
                    .flatMap(need -> provability.hindrance(need).stream()).findFirst().orElse(""));
        }
        List<String> obstacles = provability.obstacles();
        LayoutTable.criteria(hindrances, obstacles).forEach(out);
        if (obstacles.isEmpty()) {
            if (!provability.reservations().isEmpty()) {
                out.accept("\nA run renders a copy first, and deploys nothing if this keeps the copy from being"
                        + " safe:");
            }
            provability.reservations().forEach(sentence -> out.accept("  " + sentence));
            return 0;
        }
        out.accept("");
        out.accept(provability.hindrance(Need.COPY).isPresent() ? "Nothing can be proved yet:"
                : "Most criteria cannot be proved yet:");
        obstacles.forEach(sentence -> out.accept("  " + sentence));
        return (provability.isEnvironment() ? ExitCode.ENVIRONMENT : ExitCode.WRONG_INPUT).code();
    }
}
