package io.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.it.harness.Scenario;
import io.corral.it.harness.ThreadKind;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts at the very bottom of the parent's stack. */
final class StackExhaustionScenarios {

    private StackExhaustionScenarios() {}

    @Scenario(116)
    static void startAtTheBottomOfTheStackSucceedsOrFailsAndCountsStayTrue(ThreadKind kind) {
        Container a = Containers.at("/stack/" + kind);
        Starts starts = new Starts(kind);
        int tries = 0;
        int overflows = 0;
        for (int offset = 0; offset < 50; offset++) {
            starts.prepare();
            try (Scope scope = a.enter()) {
                // The thread that dives is a member of the root, and works in a.
                StackBottom bottom = StackBottom.reach(offset, starts);
                tries += bottom.tries();
                overflows += bottom.overflows();
            }
            starts.finish();
        }
        System.out.println("tries=" + tries + " overflows=" + overflows + " ran " + starts.ran + " "
                + Counts.of(a));
        assertThat(overflows).isGreaterThan(100);
        Counts counts = Counts.of(a);
        assertThat(counts.members()).isZero();
        assertThat(counts.exits()).isEqualTo(counts.forks());
    }

    /** Starts the next thread each time. Goes no deeper into the stack itself than one call. */
    private static final class Starts implements Runnable {

        private final ThreadKind kind;
        private final Thread[] threads = new Thread[2_000];
        final AtomicInteger ran = new AtomicInteger();
        private int next;

        Starts(ThreadKind kind) {
            this.kind = kind;
        }

        void prepare() {
            next = 0;
            for (int i = 0; i < threads.length; i++) {
                threads[i] = kind.unstarted(ran::incrementAndGet);
            }
        }

        @Override
        public void run() {
            threads[next++].start();
        }

        void finish() {
            for (int i = 0; i < next; i++) {
                if (threads[i].getState() != Thread.State.NEW) {
                    ThreadKind.join(threads[i]);
                }
            }
        }
    }
}
