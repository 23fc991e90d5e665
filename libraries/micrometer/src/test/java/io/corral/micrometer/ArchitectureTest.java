package io.corral.micrometer;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The meters are in the application's loader, and Spring Boot may be absent there. */
@AnalyzeClasses(
        packages = "io.corral.micrometer",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule metersKnowTheApiAndMicrometer = classes()
            .that()
            .resideInAPackage("io.corral.micrometer")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..",
                    "io.corral",
                    "io.corral.metricseries",
                    "io.corral.micrometer",
                    "io.corral.spans",
                    "io.micrometer.common",
                    "io.micrometer.core.instrument..",
                    "io.micrometer.observation",
                    "org.jspecify.annotations"));
}
