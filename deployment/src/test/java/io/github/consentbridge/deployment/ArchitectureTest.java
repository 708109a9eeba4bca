package io.github.consentbridge.deployment;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Checks the dependencies between modules. Every shipped module is on this module's class path. */
class ArchitectureTest {
    private static final String ROOT = "io.github.consentbridge.";

    private static final int MAX_TYPES = 25;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.github.consentbridge");

    @Test
    void everyModuleIsOnTheClassPath() {
        Set<String> seen = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            String inside = type.getPackageName().substring(ROOT.length()) + ".";
            int nested = inside.startsWith("functions.") ? "functions.".length() : 0;
            seen.add(inside.substring(0, inside.indexOf('.', nested)));
        }

        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "mapping",
                        "connectors",
                        "sync",
                        "aws",
                        "functions.http",
                        "functions.didomi",
                        "functions.dynamics",
                        "functions.worker",
                        "functions.reconciliation",
                        "functions.registration",
                        "simulators",
                        "standalone",
                        "demo");
    }

    @Test
    void modulesDependOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.github.consentbridge..")
                .layer("mapping")
                .definedBy(ROOT + "mapping..")
                .layer("connectors")
                .definedBy(ROOT + "connectors..")
                .layer("sync")
                .definedBy(ROOT + "sync..")
                .layer("aws")
                .definedBy(ROOT + "aws..")
                .layer("functions")
                .definedBy(ROOT + "functions..")
                .layer("simulators")
                .definedBy(ROOT + "simulators..")
                .layer("standalone")
                .definedBy(ROOT + "standalone..")
                .layer("demo")
                .definedBy(ROOT + "demo..")
                .whereLayer("demo")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("standalone")
                .mayOnlyBeAccessedByLayers("demo")
                .whereLayer("simulators")
                .mayOnlyBeAccessedByLayers("demo")
                .whereLayer("functions")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("aws")
                .mayOnlyBeAccessedByLayers("functions", "standalone")
                .whereLayer("sync")
                .mayOnlyBeAccessedByLayers("aws", "functions", "standalone", "demo")
                .whereLayer("connectors")
                .mayOnlyBeAccessedByLayers("sync", "aws", "functions", "standalone", "demo")
                .ensureAllClassesAreContainedInArchitecture()
                .check(CLASSES);
    }

    @Test
    void modulesFormNoCycles() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void packagesAreSmall() {
        Map<String, Integer> types = new TreeMap<>();
        for (JavaClass type : CLASSES) {
            if (type.isTopLevelClass() && !type.getSimpleName().equals("package-info")) {
                types.merge(type.getPackageName(), 1, Integer::sum);
            }
        }

        assertThat(types).allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(MAX_TYPES));
    }

    @Test
    void simpleNamesAreUnique() {
        Map<String, Set<String>> packages = new TreeMap<>();
        for (JavaClass type : CLASSES) {
            if (type.isTopLevelClass()
                    && !resideInAPackage(ROOT + "simulators..").test(type)
                    && !type.getSimpleName().equals("package-info")) {
                packages.computeIfAbsent(type.getSimpleName(), name -> new TreeSet<>())
                        .add(type.getPackageName());
            }
        }

        assertThat(packages).allSatisfy((name, in) -> assertThat(in).as(name).hasSize(1));
    }

    @Test
    void mappingUsesNeitherNetworkNorCloud() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "mapping..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net.http..", "java.sql..", "com.amazonaws..", "software.amazon..", "com.microsoft..")
                .check(CLASSES);
    }

    @Test
    void onlyFunctionsUseLambda() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "functions..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.amazonaws..")
                .check(CLASSES);
    }

    @Test
    void intakeUsesNoHost() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "sync.intake..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.amazonaws..", "com.sun.net.httpserver..", "org.eclipse.jetty..")
                .check(CLASSES);
    }

    @Test
    void onlyTheHttpServerKnowsJetty() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "standalone.http..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty..")
                .check(CLASSES);
    }

    @Test
    void httpServerKnowsNoHost() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "standalone.http..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "standalone.host..")
                .check(CLASSES);
    }

    @Test
    void onlyAwsUsesTheAwsSdk() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "aws..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk..")
                .check(CLASSES);
    }

    @Test
    void settleRuleUsesNoJsonLibrary() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "mapping.settle..", ROOT + "mapping.consent..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml..")
                .check(CLASSES);
    }
}
