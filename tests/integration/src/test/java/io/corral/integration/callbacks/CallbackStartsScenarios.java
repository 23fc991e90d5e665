package io.corral.integration.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.Container;
import io.corral.Containers;
import io.corral.ForkRefusedException;
import io.corral.Refusal;
import io.corral.Subsystem;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.ThreadCounts;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Threads that callbacks start are placed and counted, but no callback runs for them. */
final class CallbackStartsScenarios {

    /** The number of threads if callbacks also ran for the threads that they start. */
    private static final int ENOUGH = 5;

    private CallbackStartsScenarios() {}

    @Scenario(18)
    static void threadStartedByAForkCallbackIsCountedWithoutCallbacks(ThreadKind kind)
            throws Exception {
        for (ThreadKind inner : ThreadKind.values()) {
            if (inner.isSupported()) {
                Container a = Containers.at("/callbacks/fork-" + kind + "-" + inner);
                Starting subsystem = new Starting("fork", "outer-" + a.name(), inner);
                startOuter(kind, a, subsystem);
                assertThat(subsystem.calls).containsExactly("canFork", "fork", "exit");
                assertThat(subsystem.seen.values()).containsExactly(a);
                assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 2, 2));
            }
        }
    }

    @Scenario(18)
    static void threadStartedByACanForkCallbackIsCountedWithoutCallbacks(ThreadKind kind)
            throws Exception {
        Container a = Containers.at("/callbacks/canFork-" + kind);
        Starting subsystem = new Starting("canFork", "outer-" + a.name(), kind);
        startOuter(kind, a, subsystem);
        assertThat(subsystem.calls).containsExactly("canFork", "fork", "exit");
        assertThat(subsystem.seen.values()).containsExactly(a);
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 2, 2));
    }

    @Scenario(18)
    static void threadStartedByAnExitCallbackIsInTheRootWithoutCallbacks(ThreadKind kind)
            throws Exception {
        for (ThreadKind inner : ThreadKind.values()) {
            if (inner.isSupported()) {
                Container a = Containers.at("/callbacks/exit-" + kind + "-" + inner);
                Starting subsystem = new Starting("exit", "outer-" + a.name(), inner);
                ThreadCounts before = ThreadCounts.of(Containers.root());
                startOuter(kind, a, subsystem);
                ThreadCounts after = ThreadCounts.of(Containers.root());
                assertThat(subsystem.calls).containsExactly("canFork", "fork", "exit");
                assertThat(subsystem.seen.values()).containsExactly(Containers.root());
                assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 1, 1));
                assertThat(after.forks()).isEqualTo(before.forks() + 1);
                assertThat(after.exits()).isEqualTo(before.exits() + 1);
            }
        }
    }

    @Scenario(18)
    static void refusedStartAsksTheCallbacksAgainWhenRepeated(ThreadKind kind) throws Exception {
        Container a = Containers.at("/callbacks/refused-" + kind);
        List<String> calls = new CopyOnWriteArrayList<>();
        Containers.register(new Subsystem() {
            @Override
            public @Nullable Refusal canFork(Thread thread, Container container) {
                if (container != a) {
                    return null;
                }
                calls.add(thread.getName());
                return Refusal.because("never");
            }
        });
        for (String name : List.of("first", "second")) {
            Thread thread = kind.unstarted(() -> {});
            thread.setName(name);
            assertThatThrownBy(() -> a.start(thread)).isInstanceOf(ForkRefusedException.class);
        }
        assertThat(calls).containsExactly("first", "second");
    }

    private static void startOuter(ThreadKind kind, Container in, Starting subsystem)
            throws Exception {
        Containers.register(subsystem);
        Thread outer = kind.unstarted(() -> {});
        outer.setName(subsystem.outer);
        in.run(outer::start);
        outer.join();
        for (Thread inner : subsystem.started) {
            inner.join();
        }
    }

    /** Starts a thread in one of its callbacks. Counts only what concerns its own threads. */
    private static final class Starting implements Subsystem {

        private final String in;
        private final String outer;
        private final ThreadKind inner;
        private final List<String> calls = new CopyOnWriteArrayList<>();
        private final List<Thread> started = new CopyOnWriteArrayList<>();
        private final Map<Thread, Container> seen = new ConcurrentHashMap<>();

        Starting(String in, String outer, ThreadKind inner) {
            this.in = in;
            this.outer = outer;
            this.inner = inner;
        }

        @Override
        public @Nullable Refusal canFork(Thread thread, Container container) {
            called("canFork", thread);
            return null;
        }

        @Override
        public void fork(Thread thread, Container container) {
            called("fork", thread);
        }

        @Override
        public void exit(Thread thread, Container container) {
            called("exit", thread);
        }

        private void called(String callback, Thread thread) {
            if (!thread.getName().equals(outer) && !started.contains(thread)) {
                return;
            }
            calls.add(callback);
            if (callback.equals(in) && started.size() < ENOUGH) {
                Thread next = inner.unstarted(
                        () -> seen.put(Thread.currentThread(), Containers.current()));
                started.add(next);
                next.start();
            }
        }
    }
}
