package delivery.registry;

import delivery.failure.EnvironmentNotFit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder with {@code version.py} from which a new version is built. It is never changed. */
public record VersionSource(Path folder) {

    /** The name of the file that contains the version. */
    public static final String FILE = "version.py";
    private static final Pattern ASSIGNMENT = Pattern.compile("(?m)^(VERSION\\s*=\\s*)([\"'])[^\"'\\r\\n]*\\2");
    /** An argument of a call: {@code VersionInfo(version="1.0.0", build=None)}. */
    private static final Pattern ARGUMENT = Pattern.compile("(?<![\\w.])(version=)([\"'])[^\"'\\r\\n]*\\2");
    /** A text that is valid both as an image's tag and in a Python string. */
    private static final Pattern VERSION = Pattern.compile("\\w[\\w.-]{0,127}");

    /**
     * Copies the folder, without compiled Python files, and puts the version into the copy's {@code version.py}.
     *
     * @return the copy, which is deleted on close
     * @throws EnvironmentNotFit if there is no {@code version.py}, or not exactly one line {@code VERSION = "…"} in it
     * @throws IllegalArgumentException if the version cannot be a tag of an image
     */
    public SourceCopy withVersion(String version) {
        if (!VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("no tag of an image: " + version);
        }
        String text = rewritten(version);
        try {
            SourceCopy copy = new SourceCopy(Files.createTempDirectory("version-" + version + "-"));
            try {
                copyInto(copy.folder());
                Files.writeString(copy.folder().resolve(FILE), text);
                return copy;
            } catch (IOException | RuntimeException e) {
                copy.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the application's source could not be copied: " + e.getMessage(), e);
        }
    }

    /** Whether a text has exactly one line with the version. */
    public static boolean fits(String text) {
        return place(text).isPresent();
    }

    private static Optional<Matcher> place(String text) {
        Matcher assignment = ASSIGNMENT.matcher(text);
        return Optional.of(assignment.find() ? assignment : ARGUMENT.matcher(text))
                .filter(matcher -> matcher.reset().results().count() == 1).map(Matcher::reset);
    }

    private String rewritten(String version) {
        Path file = folder.resolve(FILE);
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new EnvironmentNotFit(file + " cannot be read", "Set APP_SOURCE to the folder that holds " + FILE, e);
        }
        return place(text).map(found -> found.replaceFirst("$1$2" + version + "$2")).orElseThrow(() ->
                new EnvironmentNotFit(file + " has " + ASSIGNMENT.matcher(text).results().count()
                        + " lines VERSION = \"…\", and one is expected", "Give it one, set APP_SOURCE to the folder"
                        + " that has it, or say by BUILD or VERSION_LINE how a version is made"));
    }

    private void copyInto(Path target) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path place = target.resolve(folder.relativize(file));
                if (file.equals(folder) || compiled(file)) {
                    continue;
                }
                Files.copy(file, place);
            }
        }
    }

    private boolean compiled(Path file) {
        for (Path part : folder.relativize(file)) {
            if (part.toString().equals("__pycache__")) {
                return true;
            }
        }
        return false;
    }
}
