package io.corral.benchmarks.process;

import io.corral.benchmarks.Cpu;

import java.io.IOException;
import java.util.List;

/**
 * Where services run that take turns, and where the load they are under.
 *
 * @param service what stands before a service's command
 * @param load what stands before the load generator's
 */
record Place(List<String> service, List<String> load) {

    /** Both on all CPUs. */
    static Place anywhere() {
        return new Place(List.of(), List.of());
    }

    /**
     * On a CPU each: neither is in the other's way.
     *
     * @throws IOException if processes can't be put on CPUs here, or there are not two
     */
    static Place apart() throws IOException {
        List<Cpu> two = cpusApart();
        return new Place(two.get(0).prefix(), two.get(1).prefix());
    }

    /** The service's and the load's; as {@link #apart}. */
    static List<Cpu> cpusApart() throws IOException {
        return Cpu.lastTwo("CORRAL_BENCH_LOAD=apart");
    }
}
