package io.corral.benchmarks.accuracy;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Threads do units of equal size for two containers in the ratio one to three. The expected shares
 * follow from the number of units. No clock is needed, and virtual threads have none.
 */
final class Split {

    /** How a thread comes to work for a container. */
    enum Kind {
        /** Platform threads open a scope around each unit. */
        PLATFORM_SCOPES,
        /** Virtual threads open a scope around each unit, and are unmounted inside it. */
        VIRTUAL_SCOPES,
        /**
         * Virtual threads live in one of the containers. Their carriers alternate between the two.
         */
        VIRTUAL_MEMBERS;

        boolean isVirtual() {
            return this != PLATFORM_SCOPES;
        }
    }

    private static final int WEIGHT_OF_SECOND = 3;

    private final Kind kind;
    private final int unitMicros;
    private final Container[] containers;
    private final AtomicIntegerArray done = new AtomicIntegerArray(2);
    private final AtomicInteger left;

    /** @param name the name of the parent of the two containers, different for each split */
    Split(String name, Kind kind, int unitMicros, int units) {
        this.kind = kind;
        this.unitMicros = unitMicros;
        this.left = new AtomicInteger(units);
        Container parent = Containers.at("/accuracy/" + name);
        this.containers = new Container[] {parent.at("first"), parent.at("second")};
    }

    /**
     * Returns how far the first container's share of the CPU time is from its share of the units,
     * in per cent.
     */
    double errorPercent(SplittableRandom random) throws InterruptedException {
        int size = Runtime.getRuntime().availableProcessors() * (kind.isVirtual() ? 4 : 1);
        BarrierThreads crew = new BarrierThreads(size);
        for (int i = 0; i < size; i++) {
            int home = i % (1 + WEIGHT_OF_SECOND) == 0 ? 0 : 1;
            SplittableRandom own = random.split();
            if (kind == Kind.VIRTUAL_MEMBERS) {
                try (Scope scope = containers[home].enter()) {
                    crew.start(true, () -> workAsMember(home));
                }
            } else {
                crew.start(kind.isVirtual(), () -> workInScopes(own));
            }
        }
        crew.awaitReady();
        crew.work();
        double charged =
                share(containers[0].usage().cpuNanos(), containers[1].usage().cpuNanos());
        crew.end();
        return 100 * Math.abs(charged - share(done.get(0), done.get(1)));
    }

    private static double share(long first, long second) {
        return (double) first / (first + second);
    }

    private void workInScopes(SplittableRandom random) {
        while (left.getAndDecrement() > 0) {
            unitInScope(random.nextInt(1 + WEIGHT_OF_SECOND) == 0 ? 0 : 1);
        }
    }

    private void unitInScope(int index) {
        try (Scope scope = containers[index].enter()) {
            FixedWork.micros(unitMicros);
            if (kind.isVirtual()) {
                yieldToOthers();
            }
        }
        done.incrementAndGet(index);
    }

    private void workAsMember(int index) {
        while (left.getAndDecrement() > 0) {
            FixedWork.micros(unitMicros);
            done.incrementAndGet(index);
            yieldToOthers();
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // only causes an unmount
    private static void yieldToOthers() {
        Thread.yield();
    }
}
