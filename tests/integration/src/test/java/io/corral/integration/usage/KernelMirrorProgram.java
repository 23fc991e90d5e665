package io.corral.integration.usage;

import com.sun.management.ThreadMXBean;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.ThreadKind;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Runs in the forked JVM: containers of busy threads, each mirrored by a group of the kernel. */
final class KernelMirrorProgram {

    static final int CONTAINERS = 8;
    private static final int THREADS = 2;
    private static final long CPU_NANOS_OF_EACH = 1_010_000_000;

    private static final ThreadMXBean BEAN = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static volatile long sink;

    private KernelMirrorProgram() {}

    public static void main(String[] arguments) {
        List<Container> containers = new ArrayList<>();
        List<KernelGroup> groups = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        // The first scope of all loads classes and puts hand-over into force, before its thread is
        // in the container.
        Containers.at("/warm-up").run(() -> {});
        try (KernelGroup group = new KernelGroup("corral-warm-up")) {
            ThreadKind.join(ThreadKind.PLATFORM.start(() -> {
                group.enter();
                KernelGroup.leave();
            }));
        }
        try {
            for (int i = 0; i < CONTAINERS; i++) {
                Container container = Containers.at("/kernel/" + i);
                KernelGroup group = new KernelGroup("corral-" + i);
                containers.add(container);
                groups.add(group);
                for (int j = 0; j < THREADS; j++) {
                    threads.add(ThreadKind.PLATFORM.start(() -> workInBoth(container, group)));
                }
            }
            threads.forEach(ThreadKind::join);
            for (int i = 0; i < CONTAINERS; i++) {
                System.out.println(
                        "container-" + i + "=" + containers.get(i).usage().cpuNanos());
                System.out.println("kernel-" + i + "=" + groups.get(i).cpuNanos());
            }
        } finally {
            groups.forEach(KernelGroup::close);
        }
    }

    private static void workInBoth(Container container, KernelGroup group) {
        group.enter();
        try (Scope scope = container.enter()) {
            burn();
        }
        KernelGroup.leave();
    }

    private static void burn() {
        long end = BEAN.getCurrentThreadCpuTime() + CPU_NANOS_OF_EACH;
        while (BEAN.getCurrentThreadCpuTime() < end) {
            long hash = sink;
            for (int i = 0; i < 100_000; i++) {
                hash = hash * 31 + i;
            }
            sink = hash;
        }
    }
}
