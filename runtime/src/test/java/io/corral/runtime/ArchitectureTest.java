package io.corral.runtime;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import io.corral.Containers;
import io.corral.Usage;
import io.corral.runtime.notice.Log;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Which package may depend on which others. */
@AnalyzeClasses(packages = "io.corral", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String API = "io.corral";
    private static final String WIRING = "io.corral.runtime";
    private static final String HOOK = "io.corral.runtime.hook";
    private static final String PLACEMENT = "io.corral.runtime.placement";
    private static final String CONTAINER = "io.corral.runtime.container";
    private static final String ROLLUP = "io.corral.runtime.rollup";
    private static final String MEMBERSHIP = "io.corral.runtime.membership";
    private static final String THREAD = "io.corral.runtime.thread";
    private static final String SUBSYSTEM = "io.corral.runtime.subsystem";
    private static final String USAGE = "io.corral.runtime.usage";
    private static final String RUN_QUEUE = "io.corral.runtime.runqueue";
    private static final String CONTROL = "io.corral.runtime.control";
    private static final String CONTENTION = "io.corral.runtime.contention";
    private static final String HANDOVER = "io.corral.runtime.handover";
    private static final String ACCOUNTING = "io.corral.runtime.accounting";
    private static final String NOTICE = "io.corral.runtime.notice";
    private static final String JDK = "io.corral.runtime.jdk";
    private static final String RUNTIME_API = "io.corral.runtime.api";

    /** From the lowest to the highest. A package may depend on those before it. */
    private static final List<String> LAYERS = List.of(
            JDK,
            NOTICE,
            ACCOUNTING,
            CONTAINER,
            ROLLUP,
            MEMBERSHIP,
            SUBSYSTEM,
            THREAD,
            USAGE,
            RUN_QUEUE,
            CONTROL,
            CONTENTION,
            PLACEMENT,
            HANDOVER,
            HOOK,
            RUNTIME_API);

    /** Annotations, which nothing looks up at run time. */
    private static final String JSPECIFY = "org.jspecify.annotations";

    @ArchTest
    static final ArchRule runtimeKnowsTheJdkAndItself = classes()
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage("java..", API, WIRING, "io.corral.runtime..", JSPECIFY));

    @ArchTest
    static final ArchRule apiIsInterfacesAndOneWayIn = classes()
            .that()
            .resideInAPackage(API)
            .and(not(belongToAnyOf(Containers.class)))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", API, JSPECIFY));

    @ArchTest
    static final ArchRule accountingKnowsNoContainers = classes()
            .that()
            .resideInAPackage(ACCOUNTING)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", ACCOUNTING, JDK, JSPECIFY)
                    .or(belongToAnyOf(Usage.class)));

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("io.corral.runtime.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule lowerPackagesDoNotDependOnHigherOnes = layers();

    private static ArchRule layers() {
        List<ArchRule> rules = new ArrayList<>();
        for (int i = 0; i < LAYERS.size() - 1; i++) {
            String[] higher = LAYERS.subList(i + 1, LAYERS.size()).toArray(new String[0]);
            rules.add(noClasses()
                    .that()
                    .resideInAPackage(LAYERS.get(i))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(higher));
        }
        return CompositeArchRule.of(rules);
    }

    /**
     * Hooks use nothing that may not be loaded yet, that may block, or that needs much stack. Of
     * the executors they use the types that the woven classes have.
     */
    @ArchTest
    static final ArchRule hooksKnowTheDataBelowThemAndPlainJava = classes()
            .that()
            .resideInAPackage(HOOK)
            .or()
            .haveSimpleNameEndingWith("Hook")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            "java.lang",
                            "java.lang.ref",
                            "java.util.concurrent.atomic",
                            API,
                            HOOK,
                            PLACEMENT,
                            HANDOVER,
                            CONTROL,
                            USAGE,
                            THREAD,
                            SUBSYSTEM,
                            MEMBERSHIP,
                            ROLLUP,
                            CONTAINER,
                            ACCOUNTING,
                            NOTICE,
                            JDK,
                            JSPECIFY)
                    .or(belongToAnyOf(
                            Callable.class,
                            Collection.class,
                            Delayed.class,
                            Executor.class,
                            ForkJoinTask.class,
                            LinkedBlockingQueue.class,
                            ThreadPoolExecutor.class,
                            TimeUnit.class)));

    @ArchTest
    static final ArchRule noticesAndTheJdkKnowTheApiAlone = classes()
            .that()
            .resideInAnyPackage(NOTICE, JDK)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", API, NOTICE, JDK, JSPECIFY));

    @ArchTest
    static final ArchRule nothingLogsThroughAFramework = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(System.Logger.class);

    @ArchTest
    static final ArchRule logAloneWritesToStandardError = noClasses()
            .that(not(belongToAnyOf(Log.class)))
            .should()
            .accessField(System.class, "err")
            .orShould()
            .accessField(System.class, "out");

    /** Log lines are concatenated with plus, which is compiled to a StringBuilder. */
    @ArchTest
    static final ArchRule nothingFormatsOrStreams = noClasses()
            .should()
            .callMethod(String.class, "format", String.class, Object[].class)
            .orShould()
            .callMethod(String.class, "formatted", Object[].class)
            .orShould()
            .dependOnClassesThat(resideInAnyPackage(
                            "java.util.stream..",
                            "java.util.regex..",
                            "java.nio.file..",
                            "java.text..")
                    .and(not(belongToAnyOf(Normalizer.class))));

    /**
     * The runtime's classes are defined before other agents start, and before the JDK's classes of
     * tasks are woven. A subclass would load them too early: then they get no field for submitters,
     * and agents that weave classes while they are loaded don't find them.
     */
    @ArchTest
    static final ArchRule nothingExtendsTheClassesOfTasks = noClasses()
            .should()
            .beAssignableTo(ForkJoinTask.class)
            .orShould()
            .beAssignableTo(ForkJoinPool.class)
            .orShould()
            .beAssignableTo(FutureTask.class)
            .orShould()
            .beAssignableTo(CompletableFuture.class)
            .orShould()
            .beAssignableTo(ThreadPoolExecutor.class)
            .orShould()
            .beAssignableTo(LinkedBlockingQueue.class)
            .orShould()
            .beAssignableTo(TimerTask.class);
}
