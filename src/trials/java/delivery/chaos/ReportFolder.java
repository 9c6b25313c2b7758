package delivery.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A folder that cannot take the reports. Closing it removes it. */
final class ReportFolder implements AutoCloseable {

    /** Size of the full disk: room for a few of the first results only. */
    private static final String ROOM = "64k";

    private final Path folder;
    private final boolean mounted;

    ReportFolder(Fault.Folder kind, Path parent) throws IOException, InterruptedException {
        folder = parent.resolve("no-room").toAbsolutePath();
        mounted = kind != Fault.Folder.FILE;
        Files.deleteIfExists(folder);
        if (kind == Fault.Folder.FILE) {
            Files.writeString(folder, "in the way\n");
            return;
        }
        Files.createDirectories(folder);
        run("mount", "-t", "tmpfs", "-o", kind == Fault.Folder.FULL ? "size=" + ROOM
                : "ro", "tmpfs", folder.toString());
    }

    /** Returns the Java options that make a run write everything into this folder. */
    String[] options() {
        return new String[] {"-Ddelivery.html=false", "-Ddelivery.reports=" + folder.resolve("reports"),
            "-Dallure.results.directory=" + folder.resolve("results")};
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(List.of(command) + ": " + output);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (mounted) {
                run("umount", folder.toString());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + folder + " was unmounted", interrupted);
        }
        Files.deleteIfExists(folder);
    }
}
