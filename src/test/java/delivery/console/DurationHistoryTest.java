package delivery.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurationHistoryTest {

    @TempDir
    Path folder;

    @Test
    void whatARunTookIsKnownToTheNext() throws IOException {
        Path file = folder.resolve("new/lab.properties");
        DurationHistory.read(file).and(Map.of("BG-1", List.of(Duration.ofMillis(1500)))).write(file);
        DurationHistory.read(file).and(Map.of("BG-1", List.of(Duration.ofMillis(2500)))).write(file);

        assertThat(DurationHistory.read(file).usual("BG-1")).contains(Duration.ofSeconds(2));
        assertThat(DurationHistory.read(file).longest("BG-1")).contains(Duration.ofMillis(2500));
        assertThat(DurationHistory.read(file).usual("BG-2")).isEmpty();
        assertThat(file.getParent()).as("no draft is left").isDirectoryContaining(path -> path.equals(file))
                .satisfies(parent -> assertThat(Files.list(parent).count()).isEqualTo(1));
    }

    @Test
    void theOldestAreForgotten() {
        DurationHistory times = DurationHistory.none().and(Map.of("A", List.of(Duration.ofSeconds(1000))));
        for (int run = 0; run < 8; run++) {
            times = times.and(Map.of("A", List.of(Duration.ofSeconds(10))));
        }
        assertThat(times.longest("A")).contains(Duration.ofSeconds(10));
        assertThat(times.and(Map.of("A", Collections.nCopies(20, Duration.ofSeconds(3)))).longest("A"))
                .contains(Duration.ofSeconds(3));
    }

    @Test
    void whatCannotBeReadIsNotKnown() throws IOException {
        assertThat(DurationHistory.read(folder.resolve("missing")).usual("A")).isEmpty();
        assertThat(DurationHistory.read(folder).usual("A")).isEmpty();
        Path file = folder.resolve("garbage");
        Files.write(file, new byte[] {'A', '=', (byte) 0xff, (byte) 0xfe});
        assertThat(DurationHistory.read(file).usual("A")).isEmpty();
        Files.writeString(file, "A=\\u12\n", StandardCharsets.UTF_8);
        assertThat(DurationHistory.read(file).usual("A")).isEmpty();
        Files.writeString(file, "A=-5 x 3000 99999999999999999999\nB=\nC=1e9\n", StandardCharsets.UTF_8);
        assertThat(DurationHistory.read(file).usual("A")).contains(Duration.ofSeconds(3));
        assertThat(DurationHistory.read(file).usual("B")).isEmpty();
        assertThat(DurationHistory.read(file).usual("C")).isEmpty();
    }
}
