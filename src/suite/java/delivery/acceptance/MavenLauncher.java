package delivery.acceptance;

import java.io.File;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Starts the program from within Maven: {@code mvn test -Dcucumber.filter.tags=@canary}. The program has the terminal
 * to itself, and Maven ends with its exit code, even if Maven was told to ignore test failures.
 */
public final class MavenLauncher {

    /** Properties of the command line that are meant for the program: settings, and those of Cucumber and Allure. */
    private static final Pattern PASSED_ON = Pattern.compile("(cucumber|delivery|allure)\\..+|[A-Z][A-Z0-9_]*");
    private static final long LONGEST_END_SECONDS = 60;

    private MavenLauncher() {
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.awt.headless=true", "-cp", classPath()));
        System.getProperties().stringPropertyNames().stream().filter(PASSED_ON.asMatchPredicate()).sorted()
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.add(Main.class.getName());
        command.addAll(List.of(arguments));
        Process program = new ProcessBuilder(command).inheritIO().start();
        // Ctrl-C reaches both processes: the prompt returns once the program has removed what it created.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> await(program), "end of the program"));
        int code = program.waitFor();
        if (code != 0) {
            System.exit(code);
        }
    }

    private static void await(Process program) {
        try {
            if (!program.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                program.destroy();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the class path of Maven's class loader. */
    private static String classPath() {
        if (MavenLauncher.class.getClassLoader() instanceof URLClassLoader loader) {
            return Arrays.stream(loader.getURLs()).map(url -> Path.of(url.getPath()).toString())
                    .collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path");
    }
}
