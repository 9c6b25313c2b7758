package delivery.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.criteria.Checklist;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes in the catalogue are found without a lab. */
class CatalogueTest {

    private static final int LEAST = 40;
    /** A namespace's name has 63 characters at most, and the scenarios of a run need some of them. */
    private static final int LONGEST_ID = 30;

    static List<Mutant> mutants() {
        return Catalogue.all();
    }

    @Test
    void hasEnoughOfEachLayer() {
        assertThat(mutants()).hasSizeGreaterThanOrEqualTo(LEAST).extracting(Mutant::id).doesNotHaveDuplicates();
        assertThat(mutants()).extracting(Mutant::layer)
                .contains("access", "argocd", "chart", "gateway", "image", "registry", "rollouts");
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void saysWhichCriteriaAreRedAndWhy(Mutant mutant) throws IOException {
        Checklist checklist = Checklist.read(Path.of("features", "task-9.md"));
        assertThat(mutant.green()).allMatch(id -> checklist.criterion(id).isPresent());
        assertThat(mutant.withAll().red().keySet()).allMatch(id -> checklist.criterion(id).isPresent())
                .noneMatch(mutant.green()::contains);
        assertThat(mutant.withAll().red().values()).allMatch(words -> !words.isEmpty());
        assertThat(mutant.red().size() + mutant.green().size()).isPositive();
        assertThat(mutant.what()).isNotBlank();
        assertThat(mutant.id()).hasSizeLessThanOrEqualTo(LONGEST_ID).matches("[a-z0-9-]+");
    }

    @Test
    void ofEachLayerOneIsTriedWithAllCriteria() {
        assertThat(mutants().stream().filter(Mutant::triedWithAll).map(Mutant::layer).collect(Collectors.toSet()))
                .isEqualTo(mutants().stream().map(Mutant::layer).collect(Collectors.toSet()));
    }

    @Test
    void withAllCriteriaThoseThatItAlsoBreaksAreRed() {
        Mutant mutant = mutants().stream().filter(one -> one.id().equals("undo-ignored")).findFirst().orElseThrow();
        assertThat(mutant.red()).containsOnlyKeys("RB-1");
        assertThat(mutant.withAll().red()).containsOnlyKeys("RB-1", "RB-2")
                .containsEntry("RB-1", mutant.red().get("RB-1"));
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void findsWhatItBreaks(Mutant mutant) throws IOException {
        for (Mutant.Edit edit : mutant.chart()) {
            Path file = Path.of("lab/gitops/charts/sample-api", edit.file());
            if (edit.text() == null) {
                assertThat(file).doesNotExist();
            } else {
                assertThat(file).content().contains(edit.text());
            }
        }
        for (Mutant.Edit edit : mutant.source()) {
            assertThat(Files.readString(Path.of("lab/gitops/apps/sample-api/app", edit.file()))).contains(edit.text());
        }
        assertThat(Stream.of(mutant.chart(), mutant.source(), mutant.objects()).mapToInt(List::size).sum() > 0
                || mutant.application() != null || mutant.proxy() != null || mutant.component() != null
                || mutant.somebody() != null
                || !mutant.settings().isEmpty()).as("breaks something").isTrue();
    }
}
