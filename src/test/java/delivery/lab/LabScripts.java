package delivery.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The lab's scripts, run with stand-ins for the machine's programs and with a cache and a state of their own. */
final class LabScripts {

    /** The lines that source each part of the launcher. */
    private static final String PARTS = """
            set -u
            USE_OWN_CLUSTER='(own cluster)'
            . "$LAB/settings.sh"
            for part in components host cgroups packages modules toolchain build estimate \
                    image network objects start status stop; do . "$LAB/$part.sh"; done
            read_components
            """;
    private static final long LONGEST_SECONDS = 60;

    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Path lab = Path.of("lab").toAbsolutePath();

    /** @param folder for the files that the scripts write */
    LabScripts(Path folder) {
        this.folder = folder;
        set("HOME", make(folder.resolve("home")).toString());
        set("LAB_CACHE", folder.resolve("cache").toString());
        set("LAB_STATE", folder.resolve("state").toString());
        set("PATH", make(folder.resolve("bin")) + ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    }

    /** The output of a command, errors included, and its exit code. */
    record Outcome(int exit, String output) {
    }

    LabScripts set(String name, String value) {
        environment.put(name, value);
        return this;
    }

    LabScripts unset(String name) {
        environment.remove(name);
        return this;
    }

    /** Uses the scripts of a copy of the folder {@code lab} in a checkout of this name, and returns the copy. */
    Path ofCopy(String name) {
        Path copy = folder.resolve(name);
        try (Stream<Path> files = Files.walk(lab)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, copy.resolve(lab.relativize(file).toString()));
            }
            lab = copy;
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves only one component in a copy of the lab. */
    LabScripts only(String component) {
        ofCopy("checkout");
        try (Stream<Path> files = Files.walk(lab.resolve("components"))) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                if (!file.equals(lab.resolve("components"))
                        && !file.startsWith(lab.resolve("components").resolve(component))) {
                    Files.delete(file);
                }
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a program before all others of its name; {@code body} is run by {@code sh}. */
    LabScripts standIn(String program, String body) {
        return standIn(folder.resolve("bin").resolve(program), body);
    }

    LabScripts standIn(Path file, String body) {
        try {
            make(file.getParent());
            Files.writeString(file, "#!/bin/sh\n" + body + "\n");
            if (!file.toFile().setExecutable(true)) {
                throw new IOException(file + " cannot be made executable");
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a script in a shell that has sourced every part of the launcher. */
    Outcome run(String script) {
        return end(start("bash", "-c", PARTS + script));
    }

    /** Requires that the script succeeds, and prints nothing. */
    void passes(String script) {
        assertThat(run(script)).isEqualTo(new Outcome(0, ""));
    }

    /** Requires that the script fails, and prints the reason in one line with these words. */
    void fails(String script, String... words) {
        Outcome outcome = run(script);
        assertThat(outcome.exit()).as(outcome.output()).isEqualTo(1);
        assertThat(outcome.output().strip()).contains(words).startsWith("lab: ").hasLineCount(1);
    }

    /** Starts the launcher itself as an interactive shell does, so that signals end it. */
    Process launch(String command) {
        return start("env", "--default-signal=INT,QUIT", lab.resolve("lab").toString(), command);
    }

    private Process start(String... command) {
        try {
            // The parent of the tests may ignore signals, as nohup does, but the launcher must receive them.
            List<String> hearing = new ArrayList<>(List.of("/usr/bin/env", "--default-signal=HUP,INT,QUIT"));
            hearing.addAll(List.of(command));
            ProcessBuilder builder = new ProcessBuilder(hearing).redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output").toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            builder.environment().put("LAB", lab.toString());
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for its end. */
    Outcome end(Process process) {
        try {
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("It did not end: " + output());
            }
            return new Outcome(process.exitValue(), output());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String output() {
        try {
            return Files.readString(folder.resolve("output"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path make(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
