package delivery.console;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Durations in the last runs, by name: of each criterion's scenarios, and of the phases before and after. */
record DurationHistory(Map<String, List<Duration>> times) {

    /** The time from the beginning of the environment's check to the first scenario. */
    static final String BEFORE = "before";

    /** The time from the end of the last scenario to the end of the run. */
    static final String AFTER = "after";

    private static final int KEPT = 8;
    private static final String TIME = "\\d{1,9}";

    static DurationHistory none() {
        return new DurationHistory(Map.of());
    }

    /** Reads a file. One that is missing or cannot be read counts as empty; entries that are not times are ignored. */
    static DurationHistory read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unknown) {
            return none();
        }
        Map<String, List<Duration>> times = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            List<Duration> known = Arrays.stream(properties.getProperty(name).strip().split("\\s+"))
                    .filter(time -> time.matches(TIME)).map(time -> Duration.ofMillis(Long.parseLong(time))).toList();
            if (!known.isEmpty()) {
                times.put(name, known);
            }
        }
        return new DurationHistory(times);
    }

    /** Returns the mean of the last times; empty if none is known. */
    Optional<Duration> usual(String name) {
        return Optional.ofNullable(times.get(name)).map(known -> known.stream()
                .reduce(Duration.ZERO, Duration::plus).dividedBy(known.size()));
    }

    /** Returns the longest of the last times; empty if none is known. */
    Optional<Duration> longest(String name) {
        return Optional.ofNullable(times.get(name)).map(known -> known.stream().max(Duration::compareTo).orElseThrow());
    }

    /** Returns these times and those of one more run; the oldest are dropped. */
    DurationHistory and(Map<String, List<Duration>> run) {
        Map<String, List<Duration>> all = new TreeMap<>(times);
        run.forEach((name, took) -> {
            List<Duration> known = new ArrayList<>(all.getOrDefault(name, List.of()));
            known.addAll(took);
            all.put(name, known.subList(Math.max(0, known.size() - KEPT), known.size()));
        });
        return new DurationHistory(all);
    }

    /** Writes the times in milliseconds, atomically: another run may read or write the file at the same time. */
    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path written = Files.createTempFile(file.toAbsolutePath().getParent(), "times", ".tmp");
        Files.write(written, times.entrySet().stream().map(known -> known.getKey() + "=" + known.getValue().stream()
                .map(time -> String.valueOf(time.toMillis())).collect(Collectors.joining(" "))).toList());
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
