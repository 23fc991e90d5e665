package io.corral.integration.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.Container;
import io.corral.Containers;
import io.corral.ForkRefusedException;
import io.corral.Refusal;
import io.corral.Subsystem;
import io.corral.Usage;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.ThreadCounts;
import io.corral.runtime.subsystem.Subsystems;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What a subsystem's callbacks see, and which callbacks are not called. */
final class CallbacksScenarios {

    private CallbacksScenarios() {}

    /**
     * A callback that is not called leaves no trace, so this looks at the arrays of registered
     * callbacks.
     */
    @Scenario(26)
    static void onlyOverriddenCallbacksAreCalled(ThreadKind kind) throws Exception {
        Container a = Containers.at("/callbacks/exits-only-" + kind);
        List<Thread> exits = new CopyOnWriteArrayList<>();
        abstract class Inherited implements Subsystem {
            @Override
            public void exit(Thread thread, Container container) {
                if (container == a) {
                    exits.add(thread);
                }
            }
        }
        Subsystem exitsOnly = new Inherited() {};
        Subsystem nothing = new Subsystem() {};
        Containers.register(exitsOnly);
        Containers.register(nothing);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Thread thread = kind.unstarted(() -> {});
            a.start(thread);
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(exits).containsExactlyInAnyOrderElementsOf(threads);
        assertThat(callbacksOf(exitsOnly)).containsExactly("all", "exit");
        assertThat(callbacksOf(nothing)).containsExactly("all");
    }

    /** An error thrown by the name must not be ignored. */
    @Scenario
    static void subsystemWhoseNameMethodThrowsCanRefuse(ThreadKind kind) {
        Container a = Containers.at("/callbacks/nameless-" + kind);
        Containers.register(new Subsystem() {
            @Override
            public String name() {
                throw new IllegalStateException("for the test");
            }

            @Override
            public @Nullable Refusal canFork(Thread thread, Container container) {
                return container == a ? Refusal.because("full") : null;
            }
        });
        assertThatThrownBy(() -> a.start(kind.unstarted(() -> {})))
                .isInstanceOf(ForkRefusedException.class)
                .hasMessageContaining(a.path())
                .hasMessageContaining(CallbacksScenarios.class.getName())
                .hasMessageContaining(" refused: full");
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 0, 0));
    }

    /** A type of a library that only some applications have. */
    @Scenario
    static void subsystemThatReferencesAMissingClassIsCalled() throws Exception {
        Container a = Containers.at("/callbacks/optional");
        Subsystem optional =
                (Subsystem) OptionalSubsystem.defined().getConstructor().newInstance();
        Containers.register(optional);
        Thread child = ThreadKind.PLATFORM.unstarted(() -> {});
        a.start(child);
        child.join();
        assertThat(optional.name()).isEqualTo("called 1 times in " + a.path());
    }

    @Scenario(27)
    static void forkCallbackSeesTheChildInItsContainer(ThreadKind kind) throws Exception {
        Container a = Containers.at("/callbacks/lists-" + kind);
        Map<String, Object> seen = new ConcurrentHashMap<>();
        Thread child = kind.unstarted(() -> {});
        Containers.register(new Subsystem() {
            @Override
            public void fork(Thread thread, Container container) {
                if (thread == child) {
                    seen.put("container", container);
                    seen.put("listed", container.threads());
                    seen.put("counts", ThreadCounts.of(container));
                    seen.put("populated", container.isPopulated());
                    seen.put("current", Containers.current());
                    seen.put("on", Thread.currentThread());
                }
            }
        });
        a.start(child);
        child.join();
        List<Thread> listed = kind == ThreadKind.PLATFORM ? List.of(child) : List.of();
        assertThat(seen)
                .containsEntry("container", a)
                .containsEntry("listed", listed)
                .containsEntry("counts", new ThreadCounts(1, 1, 0))
                .containsEntry("populated", true)
                .containsEntry("current", Containers.root())
                .containsEntry("on", Thread.currentThread());
    }

    @Scenario(28)
    static void exitCallbackSeesTheThreadUnlinkedAndItsContainerReadable(ThreadKind kind)
            throws Exception {
        Container a = Containers.at("/callbacks/readable-" + kind);
        Map<String, Object> seen = new ConcurrentHashMap<>();
        Thread child = kind.unstarted(() -> {
            byte[][] kept = new byte[1000][];
            for (int i = 0; i < kept.length; i++) {
                kept[i] = new byte[10_000];
            }
        });
        Containers.register(new Subsystem() {
            @Override
            public Object containerCreated(Container container) {
                return "state of " + container.path();
            }

            @Override
            public void exit(Thread thread, Container container) {
                if (thread == child) {
                    seen.put("container", container);
                    seen.put("path", container.path());
                    seen.put("state", container.state(this));
                    seen.put("listed", container.threads());
                    seen.put("counts", ThreadCounts.of(container));
                    seen.put("usage", container.usage());
                    seen.put("populated", container.isPopulated());
                    seen.put("of", Containers.of(thread));
                    seen.put("current", Containers.current());
                }
            }
        });
        a.start(child);
        child.join();
        assertThat(seen)
                .containsEntry("container", a)
                .containsEntry("path", a.path())
                .containsEntry("state", "state of " + a.path())
                .containsEntry("listed", List.of())
                .containsEntry("counts", new ThreadCounts(0, 1, 1))
                .containsEntry("populated", false)
                .containsEntry("of", Containers.root())
                .containsEntry("current", Containers.root());
        Usage usage = (Usage) seen.get("usage");
        assertThat(usage.allocatedBytes()).isGreaterThan(10_000_000);
        assertThat(usage.cpuNanos()).isPositive();
    }

    @Scenario(28)
    static void exitCallbackCanRemoveTheContainerTheThreadWasIn(ThreadKind kind) throws Exception {
        Container a = Containers.at("/callbacks/removes-" + kind);
        List<Boolean> removed = new CopyOnWriteArrayList<>();
        Thread child = kind.unstarted(() -> {});
        Containers.register(new Subsystem() {
            @Override
            public void exit(Thread thread, Container container) {
                if (thread == child) {
                    container.remove();
                    removed.add(container.isRemoved());
                }
            }
        });
        a.start(child);
        child.join();
        assertThat(removed).containsExactly(true);
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 1, 1));
    }

    /** The names of the arrays {@code subsystem} is in. */
    private static Iterable<String> callbacksOf(Subsystem subsystem) throws Exception {
        Field registered = Subsystems.class.getDeclaredField("registered");
        registered.setAccessible(true);
        Object now = registered.get(null);
        Map<String, Object> in = new TreeMap<>();
        for (Field field : Subsystems.class.getDeclaredFields()) {
            if (field.getType().isArray()) {
                field.setAccessible(true);
                Object array = field.get(now);
                for (int i = 0; i < Array.getLength(array); i++) {
                    Object attached = Array.get(array, i);
                    Field of = attached.getClass().getDeclaredField("subsystem");
                    of.setAccessible(true);
                    if (of.get(attached) == subsystem) {
                        in.put(field.getName(), attached);
                    }
                }
            }
        }
        return in.keySet();
    }
}
