package io.github.consentbridge.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between modules go one way, and the rules know neither network nor cloud. */
class ModuleDirectionTest {
    private static final String ROOT = "io.github.consentbridge.";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.github.consentbridge");

    @Test
    void arrowsBetweenModulesGoOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.github.consentbridge..")
                .layer("mapping")
                .definedBy(ROOT + "mapping..", ROOT + "settle..", ROOT + "delivery..")
                .layer("connectors")
                .definedBy(ROOT + "remote..", ROOT + "dataverse..", ROOT + "didomi..", ROOT + "entra..")
                .layer("sync")
                .definedBy(
                        ROOT + "sync..",
                        ROOT + "operations..",
                        ROOT + "reconciliation..",
                        ROOT + "doctor..",
                        ROOT + "report..",
                        ROOT + "registration..",
                        ROOT + "queue..",
                        ROOT + "ledger..",
                        ROOT + "credentials..",
                        ROOT + "storage..")
                .layer("aws")
                .definedBy(ROOT + "aws..")
                .layer("functions")
                .definedBy(
                        ROOT + "webhook..",
                        ROOT + "didomiwebhook..",
                        ROOT + "dynamicswebhook..",
                        ROOT + "syncfunction..",
                        ROOT + "reconciliationfunction..")
                .layer("simulators")
                .definedBy(ROOT + "simulators..")
                .layer("standalone")
                .definedBy(ROOT + "standalone..")
                .whereLayer("standalone")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("simulators")
                .mayOnlyBeAccessedByLayers("standalone")
                .whereLayer("functions")
                .mayOnlyBeAccessedByLayers("standalone")
                .whereLayer("aws")
                .mayOnlyBeAccessedByLayers("functions", "standalone")
                .whereLayer("sync")
                .mayOnlyBeAccessedByLayers("aws", "functions", "standalone")
                .whereLayer("connectors")
                .mayOnlyBeAccessedByLayers("sync", "aws", "functions", "standalone")
                .ensureAllClassesAreContainedInArchitecture()
                .check(classes);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void rulesKnowNeitherNetworkNorCloud() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "mapping..", ROOT + "settle..", ROOT + "delivery..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net.http..", "java.sql..", "com.amazonaws..", "software.amazon..", "com.microsoft..")
                .check(classes);
    }

    @Test
    void onlyFunctionsKnowLambda() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + "webhook..",
                        ROOT + "didomiwebhook..",
                        ROOT + "dynamicswebhook..",
                        ROOT + "syncfunction..",
                        ROOT + "reconciliationfunction..",
                        ROOT + "standalone..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.amazonaws..")
                .check(classes);
    }

    @Test
    void onlyOneModuleKnowsTheAwsSdk() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "aws..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk..")
                .check(classes);
    }

    @Test
    void publicTypesOfTheRulesShowNoJsonLibrary() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "settle..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml..")
                .check(classes);
    }
}
