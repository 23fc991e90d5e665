package io.corral.it;

import io.corral.it.harness.Scenarios;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class ExhaustionIT {

    /** The JDK's list of virtual threads does not outlive an overflow of the stack in it. */
    private static final String NO_LIST = "-Djdk.trackAllThreads=false";

    @TestFactory
    Stream<DynamicNode> scenariosOfTheStack() {
        return Scenarios.onEachJdk(StackExhaustionScenarios.class, Carriers.FLAG, NO_LIST);
    }

    /** Frames are larger there, and none is left out. */
    @TestFactory
    Stream<DynamicNode> scenariosOfTheStackInTheInterpreter() {
        return Scenarios.onEachJdk(StackExhaustionScenarios.class, Carriers.FLAG, NO_LIST, "-Xint");
    }

    /** Hooks that find no heap say so, which is not looked at here. */
    @TestFactory
    Stream<DynamicNode> scenariosOfTheHeap() {
        return Scenarios.onEachJdk(
                HeapExhaustionScenarios.class,
                Carriers.FLAG,
                "-Xmx16m",
                "-XX:+UseSerialGC",
                "-Dcorral.log=off");
    }

    /** Hooks that find no stack, or no heap, say so, which is not looked at here. */
    @TestFactory
    Stream<DynamicNode> containers() {
        return Stream.concat(
                Scenarios.onEachJdk(ContainersWithoutStackScenarios.class, "-Dcorral.log=off"),
                Scenarios.onEachJdk(
                        ContainersWithoutMemoryScenarios.class,
                        "-Xmx16m",
                        "-XX:+UseSerialGC",
                        "-Dcorral.log=off"));
    }
}
