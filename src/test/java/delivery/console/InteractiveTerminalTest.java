package delivery.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Includes a staged run in a real terminal, which util-linux's script makes. */
@Timeout(120)
class InteractiveTerminalTest {

    private static final String ESCAPE = "\u001b";
    private static final String LAST = "exit code 1: a criterion is not met";

    private static final int CTRL_C = 3;

    @TempDir
    Path folder;

    @Test
    void whoCannotLookOrWantsALogGetsPlainLines() {
        assertThat(InteractiveTerminal.drawable(Map.of("TERM", "xterm"))).isTrue();
        assertThat(InteractiveTerminal.drawable(Map.of("TERM", "xterm", "CI", "false"))).isTrue();
        assertThat(InteractiveTerminal.drawable(Map.of())).isFalse();
        assertThat(InteractiveTerminal.drawable(Map.of("TERM", "dumb"))).isFalse();
        assertThat(InteractiveTerminal.drawable(Map.of("TERM", "xterm", "CI", "true"))).isFalse();
    }

    @Test
    void anyValueOfNoColorTurnsTheColoursOff() {
        assertThat(InteractiveTerminal.coloured(Map.of())).isTrue();
        assertThat(InteractiveTerminal.coloured(Map.of("NO_COLOR", ""))).isTrue();
        assertThat(InteractiveTerminal.coloured(Map.of("NO_COLOR", "0"))).isFalse();
    }

    @Test
    void aTerminalHasTheListLiveAndTheEndLast() throws Exception {
        String shown = inTerminal(Map.of(), staged(0.1));
        assertThat(shown).contains(ESCAPE + "[J", ESCAPE + "[32m", "16 waiting", " so far", "✔").doesNotContain("?25")
                .endsWith(LAST + ESCAPE + "[K\r\n" + ESCAPE + "[J");
        assertThat(shown).as("what a library prints").contains("[load] ERROR a library");
        assertThat(shown).as("what a program that was run printed").doesNotContain(ESCAPE + "[32mcontainerd");
    }

    @Test
    void aTerminalWithoutUnicodeOrColoursHasNeither() throws Exception {
        assertThat(inTerminal(Map.of("LC_ALL", "C", "NO_COLOR", "1"), staged(0.1)))
                .contains(ESCAPE + "[J", "16 waiting . ", LAST).doesNotContainPattern(ESCAPE + "\\[[\\d;]*m")
                .matches("(?s)\\p{ASCII}*");
    }

    @Test
    void theListIsAsWideAsTheTerminal() throws Exception {
        String shown = inTerminal(Map.of("NO_COLOR", "1"), "stty cols 50 rows 40; " + staged(0.02));
        assertThat(shown.replace(ESCAPE + "[K", "").lines().filter(line -> line.startsWith("  · "))).isNotEmpty()
                .allMatch(line -> line.length() == 49);
    }

    @Test
    void whereNobodyLooksThereArePlainLines() throws Exception {
        assertThat(inTerminal(Map.of("TERM", "dumb"), staged(0.02))).doesNotContain(ESCAPE)
                .contains("… BG-3   The `*-preview`", LAST);
        assertThat(inTerminal(Map.of(), "timeout 60 " + staged(0.02))).as("in a process group behind the shell's")
                .doesNotContain(ESCAPE).contains(LAST);
        assertThat(inTerminal(Map.of(), staged(0.02) + " | cat")).as("into a pipe").doesNotContain(ESCAPE)
                .contains(LAST);
    }

    @Test
    void anInterruptLeavesTheTerminalAsItShouldBe() throws Exception {
        String shown = recorded(Map.of(), staged(1), "16 waiting");
        assertThat(shown).contains("interrupted: what the scenarios made").doesNotContain(LAST, "?25");
        assertThat(shown.substring(shown.lastIndexOf('\n') + 1)).as("a half line").isIn("", ESCAPE + "[J");
    }

    private String staged(double pace) {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Path.of(System.getProperty("java.home"), "bin", "java") + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "
                + "-cp '" + classes + "' " + StagedRun.class.getName() + " " + pace + " 6 '"
                + folder.resolve("times") + "'";
    }

    private String inTerminal(Map<String, String> environment, String command) throws IOException,
            InterruptedException {
        return recorded(environment, command, "");
    }

    /** @param interruptAt output on the terminal at which Ctrl-C is pressed; empty for never */
    private String recorded(Map<String, String> environment, String command, String interruptAt)
            throws IOException, InterruptedException {
        assumeTrue(Path.of("/usr/bin/script").toFile().canExecute(), "script of util-linux makes the terminal");
        Path run = folder.resolve("run.sh");
        Files.writeString(run, command + "\n");
        // A process in a shell's background, as on a CI server, ignores interrupts, and so do all processes that it
        // starts.
        ProcessBuilder script =
                new ProcessBuilder("env", "--default-signal=INT", "script", "-qec", "sh " + run, "/dev/null");
        script.environment().keySet().removeAll(List.of("CI", "NO_COLOR", "LC_CTYPE", "LANG"));
        script.environment().put("TERM", "xterm");
        script.environment().put("LC_ALL", "C.UTF-8");
        script.environment().putAll(environment);
        Process process = script.redirectErrorStream(true).start();
        StringBuilder shown = new StringBuilder();
        boolean interrupted = false;
        try (Reader output = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            for (int character = output.read(); character >= 0; character = output.read()) {
                shown.append((char) character);
                if (!interrupted && !interruptAt.isEmpty() && shown.indexOf(interruptAt) >= 0) {
                    interrupted = true;
                    process.getOutputStream().write(CTRL_C);
                    process.getOutputStream().flush();
                }
            }
        } finally {
            process.destroy();
        }
        // The terminal adds a carriage return of its own to each end of line.
        return shown.toString().replace("\r\r\n", "\r\n");
    }
}
