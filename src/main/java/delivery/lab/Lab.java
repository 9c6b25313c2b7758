package delivery.lab;

import delivery.failure.EnvironmentNotFit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The embedded lab, controlled by its launcher. It is not used if the settings name a cluster. */
public final class Lab {

    private final Path launcher;

    /** @param home the project's folder {@code lab} */
    public Lab(Path home) {
        this.launcher = home.resolve("lab");
    }

    /**
     * Starts the lab if it does not run, and makes its Git repository serve the current {@code lab/gitops}. Takes less
     * than a second on a running lab, and minutes if its components have to be built.
     *
     * @param progress gets each line that the launcher writes
     * @return the settings that reach it, by name
     * @throws EnvironmentNotFit if it cannot be started here; the message is the launcher's own
     */
    public Map<String, String> up(Consumer<String> progress) {
        if (!Files.isExecutable(launcher)) {
            throw new EnvironmentNotFit("The lab's launcher " + launcher + " is not there",
                    "Run from the project's folder, or set KUBECONFIG to prove on a cluster you have");
        }
        run("up", progress);
        return run("env", line -> { }).stream().map(line -> line.split("=", 2))
                .filter(setting -> setting.length == 2 && !setting[0].isEmpty())
                .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1], (one, other) -> other,
                        LinkedHashMap::new));
    }

    /** Returns a component's version that runs, or would be started; empty if the launcher does not know it. */
    public Optional<String> version(String component) {
        try {
            return run("version " + component, line -> { }).stream().filter(line -> line.matches("v\\d\\S*"))
                    .findFirst();
        } catch (EnvironmentNotFit unknown) {
            return Optional.empty();
        }
    }

    private List<String> run(String command, Consumer<String> progress) {
        List<String> lines = new ArrayList<>();
        try {
            Process process = new ProcessBuilder(Stream.concat(
                    Stream.of(launcher.toAbsolutePath().toString()), Stream.of(command.split(" "))).toList())
                    .redirectErrorStream(true).start();
            process.getOutputStream().close();
            try (BufferedReader output = new BufferedReader(
                    new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    lines.add(line);
                    progress.accept(line);
                }
            }
            if (process.waitFor() != 0) {
                String last = lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
                throw new EnvironmentNotFit("The lab could not be reached with '" + launcher + " " + command + "': "
                        + last.replaceFirst("^lab: ", ""),
                        "See 'make lab-status', or set KUBECONFIG to prove on a cluster you have");
            }
            return lines;
        } catch (IOException e) {
            throw new EnvironmentNotFit("The lab's launcher " + launcher + " could not be run: " + e.getMessage(),
                    "See 'make lab-status'", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the lab started", e);
        }
    }
}
