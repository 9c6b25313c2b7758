package delivery;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules on which packages may depend on which, each with its reason. */
class WallsTest {

    private static final JavaClasses DRIVERS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("delivery");

    /** Packages that decide verdicts: a test passes them states and times, and needs no server. */
    private static final String[] JUDGES = {"delivery.criteria..", "delivery.history..", "delivery.waiting..",
            "delivery.chart..", "delivery.rollout..", "delivery.traffic..", "delivery.route..", "delivery.clone..",
            "delivery.text..", "delivery.failure..", "delivery.release.pool.."};

    @Test
    void noPackageLeadsBackToItself() {
        slices().matching("delivery.(*)..").should().beFreeOfCycles()
                .because("whoever reads a package reads what it stands on, and no more").check(DRIVERS);
    }

    @Test
    void judgesHaveNoSockets() {
        noClasses().that().resideInAnyPackage(JUDGES).should().dependOnClassesThat()
                .resideInAnyPackage("okhttp3..", "io.fabric8..", "com.google.cloud.tools..", "java.net.http..")
                .because("a verdict is decided by what was seen, whatever it was seen through").check(DRIVERS);
    }

    @Test
    void judgesHaveNoSettings() {
        noClasses().that().resideInAnyPackage(JUDGES).should().dependOnClassesThat()
                .resideInAPackage("delivery.settings..")
                .because("what a verdict depends on is handed to it by name").check(DRIVERS);
    }

    /** They share only the packages of the history, of failures and of HTTP. */
    @ParameterizedTest
    @ValueSource(strings = {"kubernetes", "argocd", "registry", "gateway", "lab"})
    void clientsDoNotKnowEachOther(String client) {
        String own = "delivery." + client + "..";
        noClasses().that().resideInAPackage(own).should().dependOnClassesThat(
                        resideOutsideOfPackage(own).and(resideInAPackage("delivery.kubernetes..")
                                .or(resideInAPackage("delivery.argocd..")).or(resideInAPackage("delivery.registry.."))
                                .or(resideInAPackage("delivery.gateway..")).or(resideInAPackage("delivery.lab.."))))
                .because("one of them is replaced, or another way of delivery comes, without the others noticing")
                .check(DRIVERS);
    }

    @Test
    void nothingBelowKnowsTheReleaseOrTheRun() {
        classes().that().resideInAPackage("delivery.release..").should().onlyHaveDependentClassesThat()
                .resideInAnyPackage("delivery.release..", "delivery.run..").check(DRIVERS);
        classes().that().resideInAPackage("delivery.run..").should().onlyHaveDependentClassesThat()
                .resideInAPackage("delivery.run..").check(DRIVERS);
    }

    @Test
    void whatPeopleReadIsWrittenFromWhatIsKnown() {
        noClasses().that().resideInAnyPackage("delivery.console..", "delivery.report..", "delivery.task..",
                        "delivery.picture..", "delivery.timeline..").should().dependOnClassesThat()
                .resideInAnyPackage("delivery.kubernetes..", "delivery.argocd..", "delivery.registry..",
                        "delivery.gateway..", "delivery.environment..")
                .because("a report that asks the cluster again tells of another moment than the verdict")
                .check(DRIVERS);
    }
}
