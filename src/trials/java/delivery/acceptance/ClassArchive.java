package delivery.acceptance;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;

/**
 * An archive of the classes that a run loads. Java maps it into memory (JEP 350) instead of finding, reading and
 * checking each class again, which is half of the processor time of a run of one criterion.
 */
public final class ClassArchive {

    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final String classPath;
    private final Path archive;

    private ClassArchive(String classPath, Path archive) {
        this.classPath = classPath;
        this.archive = archive;
    }

    /**
     * Makes an archive from a run of the pre-check, which loads nearly all of the classes.
     *
     * @param folder   for the archive, some 100 MB, and for that run; all of its content is replaced
     * @param settings of that run, as in {@link SuiteProcess#start}
     */
    public static ClassArchive make(Path folder, Map<String, String> settings) throws IOException,
            InterruptedException {
        Files.createDirectories(folder);
        Path archive = folder.resolve("classes.jsa").toAbsolutePath();
        Files.deleteIfExists(archive);
        ClassArchive made = new ClassArchive(jars(folder), archive);
        try (SuiteProcess run = SuiteProcess.start(folder, "@PRE-1", settings, "-cp", made.classPath,
                "-XX:ArchiveClassesAtExit=" + archive, "-Ddelivery.html=false")) {
            run.await(LONGEST);
        }
        return made;
    }

    /** Returns the options that make Java use the archive; none if this Java could not make it. */
    public List<String> options() {
        return Files.exists(archive) ? List.of("-cp", classPath, "-XX:SharedArchiveFile=" + archive) : List.of();
    }

    /** Returns the class path as jars only, since an archive cannot hold classes from folders. */
    private static String jars(Path folder) {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (Files.isDirectory(Path.of(entry))) {
                Path jar = folder.resolve(entries.size() + ".jar").toAbsolutePath();
                int code = ToolProvider.findFirst("jar").orElseThrow()
                        .run(System.out, System.err, "--create", "--file", jar.toString(), "-C", entry, ".");
                if (code != 0) {
                    throw new IllegalStateException(entry + " could not be put into " + jar);
                }
                entries.add(jar.toString());
            } else {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }
}
