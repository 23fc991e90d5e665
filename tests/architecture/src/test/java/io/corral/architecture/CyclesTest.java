package io.corral.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Packages are free of cycles in every module. Within a package, the cycles of classes that stay
 * are listed, each with its reason.
 */
class CyclesTest {

    private static final int MAX_CLASSES = 12;

    /** The cycles that stay, and why their classes belong together. */
    private static final Map<ClassCycle, String> LISTED = Map.ofEntries(
            entry(
                    ClassCycle.of(
                            "io.corral",
                            "Container Hierarchy LimitExceeded Limits Refusal Subsystem"),
                    "The API's types return and take each other."),
            entry(
                    ClassCycle.of(
                            "io.corral.junit", "AllocationBudget Budget CorralExtension CpuBudget"),
                    "Annotations name the extension that checks them."),
            entry(
                    ClassCycle.of(
                            "io.corral.runtime.accounting",
                            "Account AccountTotals ChangedAccounts"),
                    "An account that is charged lists itself for the next reading."),
            entry(
                    ClassCycle.of("io.corral.runtime.api", "ApiContainer ApiDelegate"),
                    "A container makes its delegates, whose children are containers."),
            entry(
                    ClassCycle.of(
                            "io.corral.runtime.container",
                            "ApiObjects ChosenPlaces ContainerListener ContainerNode "
                                    + "ContainerTable Creation CreationCallbacks HierarchyTree "
                                    + "Occupancy Population ReleaseNotices Trees"),
                    "A container knows its hierarchy, its parent and its children."),
            entry(
                    ClassCycle.of(
                            "io.corral.rules.servers", "HttpDialect KnownServers ServerMethod"),
                    "The table of servers has their methods, each with the dialect of requests."),
            entry(
                    ClassCycle.of("io.corral.runtime.control", "ContainerControl LimitNotices"),
                    "A notice tells the numbers of its container."),
            entry(
                    ClassCycle.of(
                            "io.corral.runtime.control",
                            "Admission Admissions BlockingPool Control ControlTick "
                                    + "MonitoredRequest ParentShares RunQueues SlotAdjustment "
                                    + "ThreadLimits ThreadRefusal"),
                    "Limits start the tick, which looks at requests; these ask for limits."),
            entry(
                    ClassCycle.of("io.corral.runtime.hook", "UnwovenLoopHook WorkerHook"),
                    "A worker's loop may have begun before it was woven; each asks for the other."),
            entry(
                    ClassCycle.of("io.corral.runtime.hook", "ForkJoinHook TaskHook"),
                    "A fork-join worker stacks some of the tasks that are submitted."),
            entry(
                    ClassCycle.of(
                            "io.corral.runtime.handover",
                            "ForkJoinWorker ForkedTasks SubmitterStore TaskClasses"),
                    "A worker keeps the submitters of the tasks that it has forked."),
            entry(
                    ClassCycle.of(
                            "io.corral.runtime.membership",
                            "Combinations LastHome MeasuredMembership Measurement Membership "
                                    + "MembershipRef MembershipTable RetiredPlaces Route "
                                    + "WeakMembership"),
                    "A membership leads to those with one other container, which the table has."),
            entry(
                    ClassCycle.of(
                            "io.corral.runtime.placement",
                            "DefaultRules NamedPlaces NamedVirtualPlaces Outcome "
                                    + "OutcomeWithoutPath PlacedThread PoolWorkers ThreadNames "
                                    + "ThreadRule WrappedWorkers"),
                    "The conditions of the default rules look for other rules' threads."));

    private static Map<String, JavaClasses> modules = Map.of();

    @BeforeAll
    static void readModules() throws IOException {
        modules = Modules.read();
    }

    @Test
    void packagesAreFreeOfCyclesInEachModule() {
        // Containers is the way from the API to the runtime, which implements the API.
        ArchRule rule = slices().matching("(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(name("io.corral.Containers"), alwaysTrue());
        modules.forEach((module, classes) -> rule.as("packages of " + module).check(classes));
    }

    @Test
    void cyclesOfClassesAreListed() {
        List<String> unlisted = new ArrayList<>();
        List<ClassCycle> gone = new ArrayList<>(LISTED.keySet());
        for (JavaClasses classes : modules.values()) {
            ClassGraph.byPackage(classes).forEach((packageName, graph) -> {
                for (ClassCycle cycle : ClassCycle.in(packageName, graph)) {
                    if (!gone.remove(cycle)) {
                        unlisted.add(cycle + graph.describe(cycle.classes()));
                    }
                }
            });
        }
        assertThat(unlisted).as("cycles that are not listed").isEmpty();
        assertThat(gone).as("listed cycles that are gone").isEmpty();
    }

    @Test
    void listedCyclesAreSmall() {
        assertThat(LISTED.keySet())
                .allSatisfy(
                        cycle -> assertThat(cycle.classes()).hasSizeLessThanOrEqualTo(MAX_CLASSES));
    }
}
