package io.corral.opentelemetry;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The jar is alone in the loader of the Java agent's extensions, and internal API changes. */
@AnalyzeClasses(
        packages = {"io.corral.opentelemetry", "io.corral.spans"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule spansKnowThePublicApisAlone = classes()
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..",
                    "io.corral",
                    "io.corral.opentelemetry",
                    "io.corral.spans",
                    "io.opentelemetry.api.common",
                    "io.opentelemetry.api.trace",
                    "io.opentelemetry.context",
                    "io.opentelemetry.sdk.autoconfigure.spi",
                    "io.opentelemetry.sdk.common",
                    "io.opentelemetry.sdk.trace",
                    "io.opentelemetry.sdk.trace.data",
                    "org.jspecify.annotations"));

    /** The library for Micrometer has a copy. */
    @ArchTest
    static final ArchRule sharedPackageKnowsTheApiAlone = classes()
            .that()
            .resideInAPackage("io.corral.spans")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..", "io.corral", "io.corral.spans", "org.jspecify.annotations"));
}
