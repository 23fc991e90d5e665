package io.corral.integration.usage;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Usage;
import io.corral.integration.support.CpuLoad;

/** Runs in a JVM without the agent. */
final class UsageWithoutAgentProgram {

    private UsageWithoutAgentProgram() {}

    public static void main(String[] arguments) {
        Container busy = Containers.at("/usage/busy");
        busy.run(() -> {
            for (int i = 0; i < 2_000; i++) {
                CpuLoad.work();
            }
        });
        Usage usage = busy.usage();
        System.out.println("cpuNanos=" + usage.cpuNanos());
        System.out.println("allocatedBytes=" + usage.allocatedBytes());
        System.out.println("settledAllocatedBytes=" + usage.settledAllocatedBytes());
    }
}
