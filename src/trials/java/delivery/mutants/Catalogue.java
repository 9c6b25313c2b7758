package delivery.mutants;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The mutants, as data: one file for each layer. */
final class Catalogue {

    private static final Path FOLDER = Path.of("src/trials/resources/mutants");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Catalogue() {
    }

    /** Returns all mutants, layer by layer. */
    static List<Mutant> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().flatMap(Catalogue::read).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<Mutant> read(Path file) {
        String layer = file.getFileName().toString().replace(".yaml", "");
        try {
            return YAML.readValue(file.toFile(), new TypeReference<List<Mutant>>() { }).stream()
                    .map(mutant -> mutant.in(layer));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + ": " + unreadable.getMessage(), unreadable);
        }
    }
}
