package delivery.acceptance;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The right of one process to write the results of a run into their folder. Two runs at once would show the scenarios
 * of one in the report of the other. It ends with the process, however that ends.
 */
final class CheckoutLock implements AutoCloseable {

    private final FileChannel file;

    private CheckoutLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Takes the lock of a folder of results.
     *
     * @return nothing if another process has it
     * @throws IOException if no file can be written beside the folder
     */
    static Optional<CheckoutLock> take(Path results) throws IOException {
        Path folder = results.toAbsolutePath();
        Files.createDirectories(folder.getParent());
        FileChannel file = FileChannel.open(folder.resolveSibling(folder.getFileName() + ".lock"),
                StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (file.tryLock() != null) {
                return Optional.of(new CheckoutLock(file));
            }
            file.close();
            return Optional.empty();
        } catch (OverlappingFileLockException ofThisProcess) {
            return Optional.of(new CheckoutLock(file));
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
