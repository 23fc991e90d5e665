package io.corral.integration.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.CpuLoad;
import io.corral.integration.support.ThreadCounts;
import io.corral.integration.support.Waits;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Distinguishes the JVM's own threads from application threads that look like them. */
final class JvmThreadScenarios {

    private JvmThreadScenarios() {}

    @Scenario({})
    static void removalOfTheJvmsContainersIsRefused() throws Exception {
        List<Container> own = new ArrayList<>(Containers.at("/jvm").children());
        own.add(Containers.at("/jvm"));
        assertThat(own).hasSizeGreaterThan(4);
        for (Container each : own) {
            assertThatThrownBy(each::remove)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining(each.path());
        }
        // Threads that belong there still start.
        Thread timed = ThreadKind.PLATFORM.start(() -> {});
        timed.join();
    }

    @Scenario({})
    static void applicationsThreadWithTheRecordersNameBelongsToTheApplication() throws Exception {
        Container a = Containers.at("/jvm-places/exporter");
        AtomicReference<Container> found = new AtomicReference<>();
        try (Scope scope = a.enter()) {
            Thread thread = new Thread(() -> found.set(Containers.current()), "JFR exporter");
            thread.start();
            thread.join();
        }
        assertThat(found.get()).isSameAs(a);
    }

    /** The JDK may start the poller of all virtual threads when the first of them waits. */
    @Scenario({})
    static void socketPollerDoesNotInheritTheFirstReadersContainer(ThreadKind kind)
            throws Exception {
        Container a = Containers.at("/jvm-places/reader-" + kind);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread reader = kind.unstarted(() -> {
                try (Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
                    socket.getInputStream().read();
                } catch (Exception failure) {
                    throw new IllegalStateException(failure);
                }
            });
            a.start(reader);
            try (Socket accepted = server.accept()) {
                // Then a virtual thread is registered with the poller.
                Waits.until(() ->
                        kind == ThreadKind.PLATFORM || reader.getState() == Thread.State.WAITING);
                accepted.getOutputStream().write(1);
                reader.join();
            }
        }
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 1, 1));
        a.remove();
    }

    /** A thousand other threads end meanwhile. */
    @Scenario({})
    static void threadInItsExitCallbackIsNotAdopted() throws Exception {
        Container a = Containers.at("/jvm-places/slow");
        long before = Containers.root().ownUsage().threads();
        AtomicReference<Container> found = new AtomicReference<>();
        Thread slow = new Thread(() -> {}, "slow");
        Containers.register(new io.corral.Subsystem() {
            @Override
            public void exit(Thread thread, Container container) {
                if (thread == slow) {
                    for (int i = 0; i < 2_100; i++) {
                        startAndJoin();
                    }
                    found.set(Containers.of(thread));
                    CpuLoad.millis(10);
                }
            }
        });
        a.start(slow);
        slow.join();
        assertThat(found.get()).isSameAs(Containers.root());
        assertThat(Containers.root().threads()).doesNotContain(slow);
        assertThat(Containers.root().ownUsage().threads()).isEqualTo(before);
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, 1, 1));
    }

    private static void startAndJoin() {
        Thread thread = new Thread(() -> {});
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** At the bottom of the stack, a scope that could not be created is not entered. */
    @Scenario({})
    static void scopeThatOverflowsTheStackIsNotEntered() throws Exception {
        Container a = Containers.at("/jvm-places/overflow");
        AtomicReference<Container> found = new AtomicReference<>();
        Thread thread = new Thread(null, () -> found.set(dive(a)), "diver", 512 * 1024);
        thread.start();
        thread.join();
        assertThat(found.get()).isSameAs(Containers.at("/threads/diver"));
        Thread again = new Thread(null, () -> found.set(diveOften(a)), "diver", 512 * 1024);
        again.start();
        again.join();
        assertThat(found.get()).isSameAs(Containers.at("/threads/diver"));
    }

    private static Container diveOften(Container a) {
        Container born = Containers.current();
        Container at = born;
        for (int i = 0; i < 300 && at == born; i++) {
            at = dive(a);
        }
        return at;
    }

    private static Container dive(Container a) {
        try {
            deeper(a);
        } catch (StackOverflowError expected) {
            // The scheduler's timer exists to wake virtual threads.
        }
        return Containers.current();
    }

    private static void deeper(Container a) {
        try (Scope scope = a.enter()) {
            deeper(a);
        }
    }
}
