package delivery.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckoutLockTest {

    @TempDir
    Path folder;

    /** Takes the lock in a process of its own: with 0 if it could, with 3 if another process has it. */
    public static void main(String[] arguments) throws IOException {
        System.exit(CheckoutLock.take(Path.of(arguments[0])).isPresent() ? 0 : 3);
    }

    @Test
    void oneProcessAtATimeHasTheFolder() throws Exception {
        Path results = folder.resolve("target").resolve("allure-results");
        try (CheckoutLock held = CheckoutLock.take(results).orElseThrow()) {
            assertThat(held).isNotNull();
            assertThat(another(results)).isEqualTo(3);
            assertThat(another(folder.resolve("target").resolve("other"))).isZero();
        }
        assertThat(another(results)).isZero();
    }

    private static int another(Path results) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), CheckoutLockTest.class.getName(), results.toString())
                .inheritIO().start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
