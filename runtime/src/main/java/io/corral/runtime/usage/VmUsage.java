package io.corral.runtime.usage;

import io.corral.Usage;
import io.corral.runtime.accounting.MutableUsage;
import io.corral.runtime.accounting.VmThreads;
import io.corral.runtime.container.ContainerNode;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The CPU time of the JVM's own threads as of one reading, by the containers that show it. */
public final class VmUsage {

    /** The containers with the kind of threads that each shows. */
    private static final Map<ContainerNode, VmThreads.Kind> CONTAINERS = new ConcurrentHashMap<>();

    private final IdentityHashMap<ContainerNode, Long> cpuNanos = new IdentityHashMap<>();

    VmUsage() {}

    /** Called by the wiring: adds a container that shows CPU time of the JVM's own threads. */
    public static void show(ContainerNode container, VmThreads.Kind kind) {
        CONTAINERS.put(container, kind);
    }

    static boolean isShownBy(ContainerNode container) {
        return CONTAINERS.containsKey(container);
    }

    static Set<ContainerNode> containers() {
        return CONTAINERS.keySet();
    }

    /** Reads the clocks that these containers show. Those that show none are left out. */
    void read(Set<ContainerNode> containers) {
        if (!containers.isEmpty()) {
            VmThreads.JVM.read();
        }
        for (ContainerNode container : containers) {
            VmThreads.Kind kind = CONTAINERS.get(container);
            if (kind != null) {
                cpuNanos.put(container, VmThreads.JVM.lastCpuNanos(kind));
            }
        }
    }

    /** The sum of all containers that were read, or {@link Usage#UNKNOWN}. */
    long cpuNanos() {
        long sum = 0;
        for (long nanos : cpuNanos.values()) {
            if (!Usage.isKnown(nanos)) {
                return Usage.UNKNOWN;
            }
            sum += nanos;
        }
        return sum;
    }

    /** The usage of a container whose CPU time was read here; null for all others. */
    @Nullable Usage of(ContainerNode container, MutableUsage sum) {
        Long nanos = cpuNanos.get(container);
        return nanos == null ? null : sum.toVmUsage(nanos);
    }
}
