package io.corral.integration.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;

/** A reading has all that was used before it began, wherever the threads work when it begins. */
final class ReadingScenarios {

    private static final int READINGS = 50_000;

    private static final ThreadMXBean BEAN = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static volatile boolean ended;

    private ReadingScenarios() {}

    @Scenario
    static void readingIncludesUsageOfThreadsThatEnterAndLeave() {
        Container read = Containers.at("/reading/here");
        Container elsewhere = Containers.at("/reading/elsewhere");
        List<MovingThread> commuters = Stream.of("one", "two")
                .map(name -> new MovingThread(read.at(name), elsewhere))
                .toList();
        commuters.forEach(Thread::start);
        for (int i = 0; i < READINGS; i++) {
            long used = commuters.stream().mapToLong(each -> each.usedNanos).sum();
            assertThat(read.usage().cpuNanos()).isGreaterThanOrEqualTo(used);
        }
        ended = true;
        commuters.forEach(ThreadKind::join);
        long used = commuters.stream().mapToLong(each -> each.usedNanos).sum();
        long all = commuters.stream().mapToLong(each -> each.withChangesNanos).sum();
        assertThat(read.usage().cpuNanos()).isBetween(used, all);
    }

    /** Works in two containers by turns, and reckons what it uses in the first. */
    private static final class MovingThread extends Thread {

        private final Container here;
        private final Container elsewhere;

        /** Written by this thread. */
        private volatile long usedNanos;

        private volatile long withChangesNanos;
        private volatile int sink;

        MovingThread(Container here, Container elsewhere) {
            this.here = here;
            this.elsewhere = elsewhere;
        }

        @Override
        public void run() {
            try (Scope scope = elsewhere.enter()) {
                while (!ended) {
                    burn();
                    long before = BEAN.getCurrentThreadCpuTime();
                    work();
                    withChangesNanos = withChangesNanos + BEAN.getCurrentThreadCpuTime() - before;
                }
            }
        }

        private void work() {
            try (Scope scope = here.enter()) {
                for (int i = 0; i < 3; i++) {
                    long before = BEAN.getCurrentThreadCpuTime();
                    burn();
                    usedNanos = usedNanos + BEAN.getCurrentThreadCpuTime() - before;
                }
            }
        }

        private void burn() {
            for (int i = 0; i < 1_000; i++) {
                sink = sink * 31 + i;
            }
        }
    }
}
