package io.corral.integration.limits;

import io.corral.integration.support.RunQueueSlots;
import io.corral.integration.support.TestCarriers;
import io.corral.integration.support.Waits;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Runs virtual threads of two tenants, and does with them what a line asks for. */
final class FairFaultsProgram {

    private static final int THREADS = 200;

    private static final List<Thread> PARKED = new ArrayList<>();

    private static volatile boolean isOver;

    private FairFaultsProgram() {}

    public static void main(String[] arguments) throws Exception {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        // Loads the classes that a debugger looks for.
        run();
        System.out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(line + ": " + answer(line));
        }
    }

    private static String answer(String line) throws InterruptedException {
        return switch (line) {
            case "run" -> run();
            case "run elsewhere" -> runElsewhere();
            case "park" -> park();
            case "unpark" -> unpark();
            case "slots" -> slots();
            default -> throw new IllegalArgumentException(line);
        };
    }

    static String run() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Tenants.start(
                    i % 2 == 0 ? Tenants.heavy() : Tenants.light(), FairFaultsProgram::work));
        }
        return hanging(threads);
    }

    /** With a scheduler of their own. */
    private static String runElsewhere() throws InterruptedException {
        ExecutorService scheduler = Executors.newFixedThreadPool(2);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = TestCarriers.virtual(scheduler, FairFaultsProgram::work);
            Tenants.heavy().start(thread);
            threads.add(thread);
        }
        String hanging = hanging(threads);
        scheduler.shutdown();
        return hanging;
    }

    private static String park() {
        Thread thread = Tenants.start(Tenants.heavy(), () -> {
            while (!isOver) {
                LockSupport.park();
            }
        });
        Waits.until(() -> thread.getState() == Thread.State.WAITING);
        PARKED.add(thread);
        return "parks";
    }

    private static String unpark() throws InterruptedException {
        isOver = true;
        PARKED.forEach(LockSupport::unpark);
        return hanging(PARKED);
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
