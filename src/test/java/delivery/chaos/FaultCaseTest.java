package delivery.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.criteria.Checklist;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes in the list of faults are found without a lab. */
class FaultCaseTest {

    private static final Path COMPONENTS = Path.of("lab", "components");
    private static final Pattern PROGRAM = Pattern.compile("(?m)^\\[program:(.*)]$");
    /** The application's pods look up no names of each other, and its analysis does not query Prometheus. */
    private static final Set<String> UNUSED = Set.of("coredns", "prometheus");

    static List<FaultCase> cases() {
        return FaultCase.all();
    }

    @Test
    void everyComponentIsKilledAndFrozen() throws IOException {
        Set<String> components = new HashSet<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(COMPONENTS)) {
            for (Path folder : folders) {
                PROGRAM.matcher(Files.readString(folder.resolve("component.conf"))).results()
                        .map(found -> found.group(1)).filter(name -> !UNUSED.contains(name)).forEach(components::add);
            }
        }
        for (Fault.How how : Fault.How.values()) {
            assertThat(cases()).filteredOn(known -> known.how().equals(Optional.of(how)))
                    .extracting(known -> known.trouble().component()).containsExactlyInAnyOrderElementsOf(components);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatIsTriedWhenAndInWhichWordsItMayBeReported(FaultCase known) {
        Fault trouble = known.trouble();
        assertThat(Checklist.read(Path.of("features", "task-9.md")).criterion(trouble.criterion())).isPresent();
        assertThat(trouble.named()).isNotEmpty().allSatisfy(words -> assertThat(words).isNotBlank());
        assertThat(trouble.what()).isNotBlank();
        assertThat(trouble.when() != null).as("a component has its moment").isEqualTo(!trouble.component().isEmpty());
        assertThat(List.of(!trouble.component().isEmpty(), trouble.proxy() != null, trouble.reports() != null,
                trouble.clock() != null))
                .as("is trouble of one kind").containsOnlyOnce(true);
    }

    @Test
    void noTwoHaveTheSameName() {
        assertThat(cases()).extracting(FaultCase::id).doesNotHaveDuplicates();
    }
}
