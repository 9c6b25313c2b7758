package delivery.settings;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command for a shell, checked without running it. A CI's shell often uses the variable BUILD for something else,
 * such as a number, which must never be run.
 */
final class ShellCommand {

    private static final String UNSET = "; unset BUILD if it is another program's, or set it to the command that builds"
            + " and pushes $IMAGE, or to same-image";
    /** The command's first word, if it is clear without a shell; assignments may come before it. */
    private static final Pattern FIRST = Pattern.compile("(?:\\w+=[\\w./:@-]*\\s+)*([\\w./+@%:,#-]+)(?=\\s|;|&|\\||$)");
    /** The words that a shell executes itself (POSIX, 2.14 and 2.4, and the built-in utilities). */
    private static final Set<String> BUILT_IN = Set.of(".", "alias", "bg", "break", "case", "cd", "command", "continue",
            "echo", "eval", "exec", "exit", "export", "false", "for", "getopts", "hash", "if", "kill", "local",
            "printf", "pwd", "read", "readonly", "return", "set", "shift", "test", "times", "trap", "true", "type",
            "ulimit", "umask", "unalias", "unset", "until", "wait", "while");

    private ShellCommand() {
    }

    /** Checks a text against the programs of this process's PATH. */
    static String read(String text) {
        return read(text, System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin"));
    }

    /**
     * Returns the text, if it may be a command.
     *
     * @param path the folders of programs, in the form of PATH
     * @throws IllegalArgumentException if it is not a command
     */
    static String read(String text, String path) {
        if (text.equals(NewVersions.SAME_IMAGE)) {
            return text;
        }
        Matcher first = FIRST.matcher(text);
        if (!first.lookingAt()) {
            return text; // Only a shell can tell.
        }
        String word = first.group(1);
        boolean alone = first.end() == text.length();
        if (BUILT_IN.contains(word) && !alone) {
            return text;
        }
        if (BUILT_IN.contains(word)) {
            throw new IllegalArgumentException("is not a command that builds anything" + UNSET);
        }
        if (word.matches("[\\d.+-]+") || !isProgram(word, path)) {
            throw new IllegalArgumentException("is not a command: there is no program " + word + " here" + UNSET);
        }
        return text;
    }

    private static boolean isProgram(String word, String path) {
        return word.contains("/") ? isExecutable(Path.of(word)) : Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty()).anyMatch(folder -> isExecutable(Path.of(folder, word)));
    }

    private static boolean isExecutable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
