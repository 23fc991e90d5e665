package io.corral.metricseries;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The library is used in the agent's loader and in applications. */
@AnalyzeClasses(
        packages = "io.corral.metricseries",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule seriesKnowTheApiAlone = classes()
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..", "io.corral", "io.corral.metricseries", "org.jspecify.annotations"));
}
