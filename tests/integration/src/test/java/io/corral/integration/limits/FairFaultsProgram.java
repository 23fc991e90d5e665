package io.corral.integration.limits;

import io.corral.integration.support.RunQueueSlots;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Runs virtual threads of two tenants each time that a line asks for it. */
final class FairFaultsProgram {

    private static final int THREADS = 200;

    private FairFaultsProgram() {}

    public static void main(String[] arguments) throws Exception {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        // Loads the classes that a debugger looks for.
        run();
        System.out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(line + ": " + (line.equals("run") ? run() : slots()));
        }
    }

    private static String run() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Tenants.start(
                    i % 2 == 0 ? Tenants.heavy() : Tenants.light(), FairFaultsProgram::work));
        }
        return hanging(threads);
    }

    static String hanging(List<Thread> threads) throws InterruptedException {
        List<String> hanging = new ArrayList<>();
        for (Thread each : threads) {
            if (!hasEnded(each, TimeUnit.SECONDS.toMillis(hanging.isEmpty() ? 30 : 1))) {
                hanging.add(each + " " + List.of(each.getStackTrace()));
            }
        }
        return hanging.isEmpty() ? "all ended" : hanging.toString();
    }

    /** An error that a debugger throws in a thread interrupts the thread as well. */
    private static boolean hasEnded(Thread thread, long millis) throws InterruptedException {
        Thread.interrupted();
        thread.join(millis);
        return !thread.isAlive();
    }

    private static void work() {
        for (int turn = 0; turn < 20; turn++) {
            Tenants.burn(100);
            Thread.yield();
            LockSupport.parkNanos(100_000);
        }
    }

    static String slots() {
        RunQueueSlots.awaitNoneInUse();
        return "none";
    }
}
