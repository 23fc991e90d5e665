package io.corral.agent;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.corral.launcher.Main;

/**
 * The agent, the launcher, the options and the weaver leave to the application what applications
 * choose in {@code main}. The modules' dependencies hold the borders between class loaders.
 */
@AnalyzeClasses(
        packages = {
            "io.corral.agent",
            "io.corral.launcher",
            "io.corral.options",
            "io.corral.start",
            "io.corral.weaver"
        },
        importOptions = ImportOption.DoNotIncludeTests.class)
class AgentRulesTest {

    /** The agent's loader sees only the package {@code image} of the launcher. */
    @ArchTest
    static final ArchRule agentDoesNotKnowItsEntry = noClasses()
            .that()
            .resideOutsideOfPackage("io.corral.agent")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.corral.agent");

    @ArchTest
    static final ArchRule defaultFileSystemIsNotTouched =
            noClasses().should().dependOnClassesThat().resideInAPackage("java.nio.file..");

    @ArchTest
    static final ArchRule nothingIsLoggedThroughAFramework = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(System.Logger.class);

    @ArchTest
    static final ArchRule managementAndEventsAreNotTouched = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "java.lang.management..", "javax.management..", "jdk.jfr.."));

    /**
     * Reading a resource would initialize the default file system before the application can choose
     * it. The class that is left out does it on a JDK newer than the tested ones alone.
     */
    @ArchTest
    static final ArchRule nothingIsReadAsAResourceAtStart = noClasses()
            .that(not(belongToAnyOf(Main.class).or(name("io.corral.weaver.JdkMembers"))))
            .should()
            .callMethod(Class.class, "getResourceAsStream", String.class)
            .orShould()
            .callMethod(ClassLoader.class, "getResourceAsStream", String.class);

    @ArchTest
    static final ArchRule linesGoOutInOnePlace = noClasses()
            .that(not(belongToAnyOf(Main.class, Agent.class)
                    .or(name("io.corral.start.StartMessages"))))
            .should()
            .accessField(System.class, "err")
            .orShould()
            .accessField(System.class, "out");

    /** Options are read before anything else is loaded. */
    @ArchTest
    static final ArchRule optionsKnowPlainJavaAlone = classes()
            .that()
            .resideInAPackage("io.corral.options")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java.lang",
                    "java.io",
                    "java.util",
                    "io.corral.options",
                    "org.jspecify.annotations"));
}
