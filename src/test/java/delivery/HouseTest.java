package delivery;

import static com.tngtech.archunit.core.domain.AccessTarget.Predicates.declaredIn;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import delivery.settings.SettingsTable;
import io.fabric8.kubernetes.client.dsl.Waitable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house that a test can check. */
class HouseTest {

    private static final JavaClasses DRIVERS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("delivery");

    @Test
    void driversKnowNothingOfCucumber() {
        noClasses().should().dependOnClassesThat().resideInAPackage("io.cucumber..").check(DRIVERS);
    }

    @Test
    void nothingSleeps() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(DRIVERS);
        noClasses().should().callMethod(java.util.concurrent.TimeUnit.class, "sleep", long.class).check(DRIVERS);
    }

    @Test
    void onlyThePlaceThatWaitsWaits() {
        noClasses().that().resideOutsideOfPackage("delivery.waiting").should()
                .callMethod(Object.class, "wait", long.class).check(DRIVERS);
    }

    /** A library's own waits have limits of their own, which are missing from the list in {@code WaitLimit}. */
    @Test
    void nothingWaitsByTheClientsOwnWaits() {
        noClasses().should().callMethodWhere(target(declaredIn(assignableTo(Waitable.class)))
                .and(target(nameStartingWith("waitUntil")))).check(DRIVERS);
    }

    /**
     * The clocks of two machines differ, so a time from the cluster must not be compared with a time of this machine. A
     * {@code ServerTime} can be compared only with another one.
     */
    @Test
    void noStateThatIsReadHasATimeByAnotherClock() {
        noClasses().that()
                .haveNameMatching("delivery\\.(rollout\\.(Rollout|Release|.*State"
                        + "|ReleaseExpectations)|argocd\\.Application.*)(\\$.*)?")
                .should().dependOnClassesThat()
                .haveNameMatching("java\\.time\\.(Instant|.*DateTime|Clock)|java\\.util\\.Date")
                .check(DRIVERS);
    }

    @Test
    void namesSayWhatAClassIs() {
        classes().should().haveNameNotMatching(".*(Util|Utils|Helper|Manager|Common)$").check(DRIVERS);
    }

    @Test
    void theTopLevelHoldsWhatItShould() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of(""))) {
            files.map(file -> file.getFileName().toString()).filter(name -> !name.startsWith(".")
                    && !name.equals("target")).forEach(names::add);
        }
        assertThat(names).containsExactly("Makefile", "README.md", "features", "lab", "pom.xml", "reports", "src");
    }

    @Test
    void theDocumentationHasEverySetting() throws IOException {
        assertThat(Files.readString(Path.of("src/doc/settings.md"))).contains(SettingsTable.text());
    }
}
