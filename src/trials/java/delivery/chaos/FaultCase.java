package delivery.chaos;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One run with one fault.
 *
 * @param how the way in which a component fails; empty if the fault is not in a component
 */
record FaultCase(Fault trouble, Optional<Fault.How> how) {

    private static final Path FOLDER = Path.of("src/trials/resources/chaos");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Returns all cases of the files, of which there is one for each kind of fault. */
    static List<FaultCase> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().flatMap(FaultCase::read)
                    .flatMap(FaultCase::of).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<Fault> read(Path file) {
        try {
            return YAML.readValue(file.toFile(), new TypeReference<List<Fault>>() { }).stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + ": " + unreadable.getMessage(), unreadable);
        }
    }

    private static Stream<FaultCase> of(Fault trouble) {
        return trouble.how().isEmpty() ? Stream.of(new FaultCase(trouble, Optional.empty()))
                : trouble.how().stream().map(how -> new FaultCase(trouble, Optional.of(how)));
    }

    String id() {
        return trouble.id() + how.map(done -> "-" + done.spelling()).orElse("");
    }

    /** Returns a description of the fault for a reader. */
    String done() {
        return how.map(done -> done == Fault.How.KILL ? "killed" : "frozen for 10 s").orElse(trouble.what());
    }

    @Override
    public String toString() {
        return id() + " while " + trouble.criterion() + " is proved";
    }
}
