package io.corral.integration.measure;

import io.corral.Containers;
import io.corral.Measured;
import io.corral.Usage;

/** Runs in a JVM without the agent. */
final class MeasureWithoutAgentProgram {

    private MeasureWithoutAgentProgram() {}

    public static void main(String[] arguments) throws Exception {
        Measured<Integer> measured = Containers.measure(() -> 1);
        Usage usage = measured.usage();
        System.out.println("ran=" + measured.result());
        System.out.println("cpuNanos=" + usage.cpuNanos());
        System.out.println("forks=" + usage.forks());
    }
}
