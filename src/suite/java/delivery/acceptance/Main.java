package delivery.acceptance;

import delivery.criteria.Checklist;
import delivery.criteria.ExitCode;
import delivery.failure.InvalidChecklist;
import delivery.failure.InvalidSelection;
import delivery.features.Selection;
import delivery.report.SuiteVersion;
import delivery.settings.Setting;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.UnmatchedArgumentException;

/** The suite as a program: proves the criteria that are selected. It ends with the run's own exit code. */
@Command(name = "acceptance", sortOptions = false, mixinStandardHelpOptions = true, usageHelpAutoWidth = true,
        versionProvider = Main.Version.class, subcommands = GenerateCompletion.class,
        description = "Proves the criteria of the task on the cluster of KUBECONFIG, or on the lab if it is not set.",
        exitCodeListHeading = "%nExit codes:%n", footerHeading = "%nSettings:%n",
        footer = "Each is an environment variable, or -DNAME=VALUE. src/doc/settings.md explains them.")
public final class Main implements Callable<Integer> {

    private static final int WRONG_INPUT = 2;
    private static final int NO_VERDICT = 4;
    /** The logger that reports the seed of the order at each start. */
    private static final Logger ORDER = Logger.getLogger("io.cucumber.core.options.PickleOrderParser");

    @Option(names = {"-t", "--tags"}, paramLabel = "EXPRESSION", completionCandidates = KnownTags.class,
            description = "Only the scenarios with these tags: @canary, @CAN-3, 'not @slow and not @setup'.")
    private String tags;

    @Option(names = {"-n", "--name"}, paramLabel = "WORDS",
            description = "Only the scenarios whose name contains these words, a regular expression.")
    private String name;

    @Option(names = "--layout", description = "Shows how the delivery is laid out and which criteria can be"
            + " proved, and does nothing else: deploys and changes nothing.")
    private boolean layout;

    @Option(names = "-D", paramLabel = "NAME=VALUE", mapFallbackValue = "",
            description = "Sets a setting, or another system property.")
    private Map<String, String> properties = Map.of();

    @Parameters(paramLabel = "FEATURE[:LINE]", arity = "0..*",
            description = "Only these feature files, or the scenarios on these lines: features/canary.feature:24.")
    private List<String> features = List.of();

    private Main() {
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /**
     * Proves what the arguments select, in this process.
     *
     * @return the exit code; the results are in {@link SuiteRun#summary()}
     */
    static int run(String... arguments) {
        CommandLine program = new CommandLine(new Main());
        program.getCommandSpec().usageMessage().exitCodeList(ExitCode.meanings());
        program.getCommandSpec().usageMessage().footer(Arrays.stream(Setting.values()).map(Setting::name)
                .collect(Collectors.joining(", ")), program.getCommandSpec().usageMessage().footer()[0]);
        program.setParameterExceptionHandler((wrong, given) -> {
            System.err.println(wrong.getMessage());
            if (!UnmatchedArgumentException.printSuggestions(wrong, new PrintWriter(System.err, true))) {
                System.err.println("acceptance --help lists the options.");
            }
            return WRONG_INPUT;
        });
        program.setExecutionExceptionHandler((failure, where, parsed) -> {
            failure.printStackTrace();
            return NO_VERDICT;
        });
        return program.execute(arguments);
    }

    @Override
    public Integer call() throws IOException {
        properties.forEach(System::setProperty);
        if (layout) {
            return LayoutCommand.run(System.getenv(), System.getProperties(), System.out);
        }
        select(Selection.TAGS, tags);
        select(Selection.NAME, name);
        select(Selection.FEATURES, features.isEmpty() ? null : String.join(",", features));
        Optional<CheckoutLock> lock = CheckoutLock.take(SuiteRun.results());
        if (lock.isEmpty()) {
            System.out.println("Another run uses this checkout, and has its results in " + SuiteRun.results()
                    + ": wait until it has ended, or use another clone.");
            return WRONG_INPUT;
        }
        try {
            return prove(Checklist.read(SuiteRun.checklist()));
        } catch (InvalidChecklist wrong) {
            System.out.println(wrong.getMessage());
            return WRONG_INPUT;
        } finally {
            lock.get().close();
        }
    }

    private static void select(String property, String given) {
        if (given != null) {
            System.setProperty(property, given);
        }
    }

    private static int prove(Checklist checklist) throws IOException {
        SuiteRun suite;
        byte cucumber = 0;
        try {
            suite = SuiteRun.of(checklist,
                    SelectionGuard.selected(SuiteRun.features(), checklist, System.getProperties()));
            cucumber = cucumber(suite.sideBySide(count(Setting.PARALLEL), count(Setting.RELEASES)));
        } catch (InvalidSelection wrong) {
            System.out.println(wrong.getMessage());
            suite = SuiteRun.refused(checklist, wrong);
            suite.begin();
            suite.end();
        }
        // Cucumber failed a scenario without a criterion's result: part of the suite is broken.
        return suite.exitCode() == 0 && cucumber != 0 ? NO_VERDICT : suite.exitCode();
    }

    private static byte cucumber(int threads) {
        ORDER.setLevel(Level.WARNING);
        List<String> arguments = new ArrayList<>(List.of("--no-summary", "--threads", String.valueOf(threads)));
        if (System.getProperty(Selection.FEATURES, "").isBlank()) {
            arguments.add(SuiteRun.features().toString());
        }
        return io.cucumber.core.cli.Main.run(arguments.toArray(String[]::new));
    }

    /** Returns a number from the settings, which refuse a wrong value themselves. */
    private static int count(Setting setting) {
        String given = System.getProperty(setting.name(), System.getenv().getOrDefault(setting.name(), ""));
        String number = given.matches("\\d{1,2}") ? given : setting.defaultValue().orElse("1");
        return Math.max(1, Math.min(SuiteRun.MOST_THREADS, Integer.parseInt(number)));
    }

    /** The tags that a shell completes: those of the criteria. */
    static final class KnownTags implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return Checklist.read(SuiteRun.checklist()).criteria().stream().map(criterion -> "@" + criterion.id())
                    .iterator();
        }
    }

    /** The project's version, as set by its build. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {SuiteVersion.version()};
        }
    }
}
