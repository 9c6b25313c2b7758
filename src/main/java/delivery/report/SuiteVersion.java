package delivery.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The version of the suite. */
public final class SuiteVersion {

    private static final int GIT_SECONDS = 5;

    private SuiteVersion() {
    }

    /** Returns the project's version, as set by its build. */
    public static String version() {
        Properties properties = new Properties();
        try (InputStream file = SuiteVersion.class.getResourceAsStream("suite.properties")) {
            properties.load(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return properties.getProperty("version");
    }

    /**
     * Returns the commit that a folder is at, with {@code -dirty} appended if its files differ from that; empty if the
     * folder is not in a Git repository, or Git does not answer.
     */
    public static Optional<String> commit(Path folder) {
        Optional<String> head = git(folder, "rev-parse", "--verify", "HEAD").filter(id -> id.matches("[0-9a-f]{40}"));
        return head.flatMap(id -> git(folder, "diff", "--name-only", "HEAD")
                .map(changes -> changes.isEmpty() ? id : id + "-dirty"));
    }

    private static Optional<String> git(Path folder, String... arguments) {
        ProcessBuilder command = new ProcessBuilder("git", "-C", folder.toString());
        command.command().addAll(List.of(arguments));
        command.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process git = command.start();
            git.getOutputStream().close();
            // The output is short enough that Git ends whether it is read or not, so that the limit holds.
            boolean ended = git.waitFor(GIT_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                git.destroyForcibly();
                return Optional.empty();
            }
            return git.exitValue() == 0
                    ? Optional.of(new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
                    : Optional.empty();
        } catch (IOException noGit) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
