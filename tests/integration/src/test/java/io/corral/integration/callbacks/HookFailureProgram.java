package io.corral.integration.callbacks;

import io.corral.Container;
import io.corral.Containers;
import io.corral.ForkRefusedException;
import io.corral.Refusal;
import io.corral.Subsystem;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.ThreadCounts;
import io.corral.runtime.notice.HookFailures;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Starts threads under a subsystem whose callbacks throw, and prints what became of them. */
final class HookFailureProgram {

    static final int THREADS = 3;

    private HookFailureProgram() {}

    public static void main(String[] arguments) {
        Container failing = Containers.at("/failing");
        Refusing refusing = new Refusing();
        CountedCallbacks counted = new CountedCallbacks();
        Containers.register(new Throwing());
        Containers.register(refusing);
        Containers.register(counted);
        Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
        int refused = 0;
        for (ThreadKind kind : ThreadKind.values()) {
            if (kind.isSupported()) {
                for (int i = 0; i < THREADS; i++) {
                    failing.run(() -> kind.run(() -> seen.computeIfAbsent(
                                    Containers.current().path(), path -> new AtomicInteger())
                            .incrementAndGet()));
                }
                refusing.refuses = true;
                try {
                    failing.start(kind.unstarted(() -> {}));
                } catch (ForkRefusedException expected) {
                    refused++;
                }
                refusing.refuses = false;
            }
        }
        seen.forEach((path, times) -> System.out.println("in-" + path + "=" + times));
        System.out.println("counts=" + ThreadCounts.of(failing));
        System.out.println("counted=" + counted.forks + " forks, " + counted.exits + " exits");
        System.out.println("refused=" + refused);
        for (HookFailures failures : HookFailures.values()) {
            // canFork also failed for the refused starts.
            long count = failures.count() - (failures == HookFailures.CAN_FORK ? refused : 0);
            System.out.println(failures.hook() + "=" + count);
        }
    }

    /** Fails in each callback. */
    private static final class Throwing implements Subsystem {

        @Override
        public @Nullable Refusal canFork(Thread thread, Container container) {
            throw new IllegalStateException("in canFork");
        }

        @Override
        public void cancelFork(Thread thread, Container container) {
            throw new IllegalStateException("in cancelFork");
        }

        @Override
        public void fork(Thread thread, Container container) {
            throw new IllegalStateException("in fork callback");
        }

        @Override
        public void exit(Thread thread, Container container) {
            throw new IllegalStateException("in exit callback");
        }
    }

    /** Registered after the failing subsystem, which then gets cancelFork. */
    private static final class Refusing implements Subsystem {

        private volatile boolean refuses;

        @Override
        public @Nullable Refusal canFork(Thread thread, Container container) {
            return refuses ? Refusal.because("as requested") : null;
        }
    }

    /** Registered after the failing subsystem; its callbacks must run all the same. */
    private static final class CountedCallbacks implements Subsystem {

        private final AtomicInteger forks = new AtomicInteger();
        private final AtomicInteger exits = new AtomicInteger();

        @Override
        public void fork(Thread thread, Container container) {
            forks.incrementAndGet();
        }

        @Override
        public void exit(Thread thread, Container container) {
            exits.incrementAndGet();
        }
    }
}
