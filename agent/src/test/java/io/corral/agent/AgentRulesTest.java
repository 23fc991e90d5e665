package io.corral.agent;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** An agent leaves to the application what applications choose in {@code main}. */
@AnalyzeClasses(
        packages = "io.corral.agent",
        importOptions = {ImportOption.DoNotIncludeTests.class, AgentRulesTest.WithoutThePacker.class
        })
class AgentRulesTest {

    /** The build's, and not in the jar. */
    private static final String PACKER = "io.corral.agent.pack";

    static final class WithoutThePacker implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/" + PACKER.replace('.', '/') + "/");
        }
    }

    @ArchTest
    static final ArchRule nothingIsLeftToThePackerAtStart =
            noClasses().should().dependOnClassesThat().resideInAPackage(PACKER);

    /** It is in the boot loader, which does not see the others. */
    @ArchTest
    static final ArchRule weaverKnowsNothingOfTheRestOfTheAgent = noClasses()
            .that()
            .resideInAPackage("io.corral.agent.weave")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.corral.agent",
                    "io.corral.agent.boot",
                    "io.corral.agent.image",
                    "io.corral.agent.options",
                    "io.corral.agent.start"));

    /** They are in the system class loader, which does not see the others, nor should it. */
    @ArchTest
    static final ArchRule entryAndLoaderKnowNothingOfWhatTheyLoad = noClasses()
            .that()
            .resideInAnyPackage("io.corral.agent", "io.corral.agent.image")
            .and(not(belongToAnyOf(Main.class)))
            .should()
            .dependOnClassesThat(resideInAPackage("io.corral..")
                    .and(not(resideInAnyPackage("io.corral.agent", "io.corral.agent.image"))));

    /** Its loader sees of what is in the system class loader the image alone. */
    @ArchTest
    static final ArchRule agentDoesNotKnowItsEntry = noClasses()
            .that()
            .resideOutsideOfPackage("io.corral.agent")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.corral.agent");

    /** It is in a loader of its own, and so is its library. */
    @ArchTest
    static final ArchRule nobodyKnowsWhoWeavesMethods = noClasses()
            .that()
            .resideOutsideOfPackage("io.corral.agent.entry")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.corral.agent.entry", "net.bytebuddy..");

    /** It is in the boot loader: before that is filled, nothing may link to it. */
    @ArchTest
    static final ArchRule libraryIsTheWeaversAlone = noClasses()
            .that()
            .resideOutsideOfPackage("io.corral.agent.weave")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.objectweb.asm..");

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

    /** As a resource the runtime's classes would come through the default file system. */
    @ArchTest
    static final ArchRule nothingIsReadAsAResourceAtStart = noClasses()
            .that(not(belongToAnyOf(Main.class)))
            .should()
            .callMethod(Class.class, "getResourceAsStream", String.class)
            .orShould()
            .callMethod(ClassLoader.class, "getResourceAsStream", String.class);

    @ArchTest
    static final ArchRule linesGoOutInOnePlace = noClasses()
            .that(not(
                    belongToAnyOf(Main.class, Agent.class).or(name("io.corral.agent.start.Lines"))))
            .should()
            .accessField(System.class, "err")
            .orShould()
            .accessField(System.class, "out");

    /** Options are read before anything else is there. */
    @ArchTest
    static final ArchRule optionsKnowPlainJavaAlone = classes()
            .that()
            .resideInAPackage("io.corral.agent.options")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java.lang",
                    "java.io",
                    "java.util",
                    "io.corral.agent.options",
                    "org.jspecify.annotations"));
}
