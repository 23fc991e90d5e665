package io.corral.integration.report;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.RecordingStart;
import io.corral.integration.harness.ThreadKind;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One tenant holds a lock while another one waits for it, and a third one reads from a socket whose
 * server is slow. Prints how long they waited, by their own clocks.
 */
final class WaitsProgram {

    private static final int ROUNDS = 15;
    private static final long PAUSE_MILLIS = 40;
    private static final int ANSWER_BYTES = 1_000;
    private static final int ALLOCATIONS = 3_000;

    private static final Ledger LOCK = new Ledger();
    private static volatile Object sink;

    private WaitsProgram() {}

    /** Its monitor is the lock. */
    private static final class Ledger {}

    public static void main(String[] arguments) throws Exception {
        ThreadKind kind = ThreadKind.valueOf(arguments[0]);
        RecordingStart.awaitFollowing();
        System.out.println("lockedNanos=" + waitForTheLock(ofMonitors(kind)));
        System.out.println("readNanos=" + readFromTheServer(kind));
        System.out.println("bytes=" + ROUNDS * ANSWER_BYTES);
        allocate(kind);
    }

    /**
     * From JDK 24 on a virtual thread that waits for a monitor leaves its carrier, and JFR has no
     * event of it.
     */
    private static ThreadKind ofMonitors(ThreadKind kind) {
        return Runtime.version().feature() < 24 ? kind : ThreadKind.PLATFORM;
    }

    private static long waitForTheLock(ThreadKind kind) {
        Semaphore isHeld = new Semaphore(0);
        Semaphore isFree = new Semaphore(1);
        Thread holder = kind.start(() -> Containers.at("/tenants/holder").run(() -> {
            for (int i = 0; i < ROUNDS; i++) {
                isFree.acquireUninterruptibly();
                synchronized (LOCK) {
                    isHeld.release();
                    pause();
                }
            }
        }));
        long[] waited = {0};
        kind.run(() -> {
            for (int i = 0; i < ROUNDS; i++) {
                isHeld.acquireUninterruptibly();
                try (Scope scope = Containers.at("/tenants/waiter").enter()) {
                    long began = System.nanoTime();
                    synchronized (LOCK) {
                        waited[0] += System.nanoTime() - began;
                    }
                }
                isFree.release();
            }
        });
        ThreadKind.join(holder);
        return waited[0];
    }

    private static long readFromTheServer(ThreadKind kind) throws IOException {
        long[] waited = {0};
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread serving = kind.start(() -> serve(server));
            kind.run(() -> waited[0] = read(server));
            ThreadKind.join(serving);
        }
        return waited[0];
    }

    private static void serve(ServerSocket server) {
        try {
            for (int i = 0; i < ROUNDS; i++) {
                try (Socket socket = server.accept()) {
                    pause();
                    socket.getOutputStream().write(new byte[ANSWER_BYTES]);
                }
            }
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static long read(ServerSocket server) {
        Container reader = Containers.at("/tenants/reader");
        long waited = 0;
        try {
            for (int i = 0; i < ROUNDS; i++) {
                try (Scope scope = reader.enter();
                        Socket socket =
                                new Socket(server.getInetAddress(), server.getLocalPort())) {
                    InputStream answer = socket.getInputStream();
                    long began = System.nanoTime();
                    if (answer.readNBytes(ANSWER_BYTES).length != ANSWER_BYTES) {
                        throw new IllegalStateException("the server has answered with less");
                    }
                    waited += System.nanoTime() - began;
                }
            }
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        return waited;
    }

    /** In stays of less than a millisecond. */
    private static void allocate(ThreadKind kind) {
        kind.run(() -> {
            for (int i = 0; i < ALLOCATIONS; i++) {
                try (Scope scope = Containers.at("/tenants/allocating").enter()) {
                    for (int j = 0; j < 100; j++) {
                        sink = new byte[10_000];
                    }
                }
            }
        });
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
