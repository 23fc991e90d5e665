package io.corral.integration.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Subsystem;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.EventRegistration;
import io.corral.integration.support.RecordingSubsystem;
import io.corral.integration.support.ThreadCounts;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/** Starts that the JVM fails to carry out after the fork was counted and reported. */
final class FailedStartScenarios {

    /** A stack size that no address space has left. */
    private static final long ABSURD_STACK = 1L << 46;

    private static final String STAY = "corral.Residency";

    private static final Executor REJECTING = task -> {
        throw new RejectedExecutionException("full");
    };

    private FailedStartScenarios() {}

    @Scenario(23)
    static void failedStartUndoesCountsAndCallsExitAfterFork(ThreadKind kind) throws Exception {
        Container a = Containers.at("/failed/told-" + kind);
        List<String> log = RecordingSubsystem.newLog();
        Containers.register(new RecordingSubsystem("S1", a, log));
        Containers.register(new RecordingSubsystem("S2", a, log));
        Thread child = doomed(kind);
        child.setName("child");

        failToStart(kind, () -> a.run(child::start));
        assertThat(log)
                .containsExactly(
                        "S1.canFork(child)",
                        "S2.canFork(child)",
                        "S1.fork(child)",
                        "S2.fork(child)",
                        "S1.exit(child)",
                        "S2.exit(child)");
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 1, 1));
        assertThat(a.threads()).isEmpty();
        assertThat(a.isPopulated()).isFalse();
        assertThat(Containers.of(child)).isSameAs(Containers.root());
        assertThat(child.getState())
                .isEqualTo(
                        kind == ThreadKind.PLATFORM ? Thread.State.NEW : Thread.State.TERMINATED);
        a.remove();
    }

    @Scenario(23)
    static void failedStartsLeaveNoCountsAndNoMembers(ThreadKind kind) throws Exception {
        Container a = Containers.at("/failed/many-" + kind);
        for (int i = 0; i < 100; i++) {
            Thread child = doomed(kind);
            failToStart(kind, () -> a.start(child));
        }
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 100, 100));
        assertThat(a.threads()).isEmpty();
        a.remove();
    }

    @Scenario(23)
    static void threadThatFailedToStartIsCollected(ThreadKind kind) throws Exception {
        WeakReference<Thread> child = new WeakReference<>(doomed(kind));
        failToStart(kind, () -> child.get().start());
        for (int i = 0; i < 100 && child.get() != null; i++) {
            System.gc();
        }
        assertThat(child.get()).isNull();
    }

    @Scenario(23)
    static void failedStartWithoutForkCallbackCallsNoExitCallback(ThreadKind kind)
            throws Exception {
        Container a = Containers.at("/failed/untold-" + kind);
        List<String> log = RecordingSubsystem.newLog();
        Thread doomed = doomed(kind);
        doomed.setName("doomed");
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Containers.register(new Subsystem() {
            @Override
            public void fork(Thread thread, Container container) {
                if (container == a) {
                    try {
                        doomed.start();
                    } catch (OutOfMemoryError | RejectedExecutionException expected) {
                        failure.set(expected);
                    }
                }
            }
        });
        Containers.register(new RecordingSubsystem("S", a, log));
        Thread child = kind.unstarted(() -> {});
        child.setName("child");
        a.run(child::start);
        child.join();
        assertThat(failure.get()).isNotNull();
        assertThat(log).containsExactly("S.canFork(child)", "S.fork(child)", "S.exit(child)");
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 2, 2));
    }

    @Scenario({23, 28})
    static void exitCallbackOfAFailedStartRunsInTheRootOnTheStarter(ThreadKind kind)
            throws Exception {
        Container a = Containers.at("/failed/current-" + kind);
        AtomicReference<Container> current = new AtomicReference<>();
        AtomicReference<Thread> ranOn = new AtomicReference<>();
        Thread child = doomed(kind);
        Containers.register(new Subsystem() {
            @Override
            public void exit(Thread thread, Container container) {
                if (thread == child) {
                    current.set(Containers.current());
                    ranOn.set(Thread.currentThread());
                }
            }
        });
        failToStart(
                kind,
                () -> a.run(() -> {
                    try {
                        child.start();
                    } finally {
                        assertThat(Containers.current()).isSameAs(a);
                    }
                }));
        assertThat(current.get()).isSameAs(Containers.root());
        assertThat(ranOn.get()).isSameAs(Thread.currentThread());
    }

    @Scenario(23)
    static void threadThatFailedToStartCanStartLater() throws Exception {
        Container a = Containers.at("/failed/later");
        List<String> log = RecordingSubsystem.newLog();
        Containers.register(new RecordingSubsystem("S", a, log));
        AtomicReference<Container> seen = new AtomicReference<>();
        Thread child =
                new Thread(null, () -> seen.set(Containers.current()), "child", ABSURD_STACK);
        failToStart(ThreadKind.PLATFORM, () -> a.start(child));
        shrinkStack(child);
        a.start(child);
        child.join();
        assertThat(seen.get()).isSameAs(a);
        assertThat(log)
                .containsExactly(
                        "S.canFork(child)",
                        "S.fork(child)",
                        "S.exit(child)",
                        "S.canFork(child)",
                        "S.fork(child)",
                        "S.exit(child)");
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 2, 2));
    }

    /** A failed start is not an end, so a search for ended threads must not find this one. */
    @Scenario(23)
    static void stayOfAThreadStartedAfterAFailedStartIsRecorded() throws Exception {
        Container a = Containers.at("/failed/recorded");
        Thread child = doomed(ThreadKind.PLATFORM);
        Path file = Files.createTempFile("stays", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable(STAY).withoutThreshold();
            recording.start();
            EventRegistration.await(STAY);
            failToStart(ThreadKind.PLATFORM, () -> a.start(child));
            shrinkStack(child);
            a.start(child);
            child.join();
            recording.stop();
            recording.dump(file);
        }
        assertThat(RecordingFile.readAllEvents(file))
                .filteredOn(event -> event.getEventType().getName().equals(STAY)
                        && event.getThread().getJavaName().equals(child.getName()))
                .extracting(event -> event.getString("container"))
                .containsExactly(a.path());
        Files.delete(file);
    }

    private static void failToStart(ThreadKind kind, Runnable start) {
        if (kind == ThreadKind.PLATFORM) {
            assertThatThrownBy(start::run)
                    .isInstanceOf(OutOfMemoryError.class)
                    .hasMessageContaining("unable to create native thread");
        } else {
            assertThatThrownBy(start::run)
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessage("full");
        }
    }

    /** A thread that the operating system or the scheduler refuses. */
    private static Thread doomed(ThreadKind kind) throws ReflectiveOperationException {
        if (kind == ThreadKind.PLATFORM) {
            return new Thread(null, () -> {}, "doomed", ABSURD_STACK);
        }
        Constructor<?> builder = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
                .getDeclaredConstructor(Executor.class);
        builder.setAccessible(true);
        Runnable nothing = () -> {};
        return (Thread) Class.forName("java.lang.Thread$Builder")
                .getMethod("unstarted", Runnable.class)
                .invoke(builder.newInstance(REJECTING), nothing);
    }

    private static void shrinkStack(Thread thread) throws ReflectiveOperationException {
        Object holder = thread;
        Class<?> type = Thread.class;
        if (Runtime.version().feature() > 17) {
            Field field = Thread.class.getDeclaredField("holder");
            field.setAccessible(true);
            holder = field.get(thread);
            type = holder.getClass();
        }
        Field stackSize = type.getDeclaredField("stackSize");
        stackSize.setAccessible(true);
        stackSize.setLong(holder, 0);
    }
}
