package io.corral.integration.views;

import io.corral.Container;
import io.corral.Containers;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.CpuLoad;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/**
 * Runs in the forked JVM. The threads of {@code /tenants/victim} want to run, while
 * {@code /tenants/a} uses three parts of CPU time and {@code /tenants/b} one. A ledger has what
 * these two used, by the clocks of their own threads.
 */
final class MeanwhileProgram {

    private static final String VICTIM = "/tenants/victim";
    private static final int VICTIMS = 8;

    /** The threads for each part of CPU time. */
    private static final int NEIGHBOURS = 2;

    private static final long STAY_MILLIS = 5;

    private static final double A_SECOND_LATER = 0.9;

    private static final AtomicLong LEDGER_OF_A = new AtomicLong();
    private static final AtomicLong LEDGER_OF_B = new AtomicLong();

    private static volatile boolean isOver;

    private MeanwhileProgram() {}

    /**
     * @param arguments {@code platform} threads in all containers, {@code virtual} ones in the
     *     victim, or {@code fair}: virtual ones in all, by the limits that the rules set; then
     *     {@code burn} or {@code rest} for the other two, and for how many seconds, 0 for until the
     *     input ends
     */
    public static void main(String[] arguments) throws Exception {
        String mode = arguments[0];
        boolean isFair = mode.equals("fair");
        ThreadKind neighbours = isFair ? ThreadKind.VIRTUAL : ThreadKind.PLATFORM;
        ThreadKind victims = mode.equals("platform") ? ThreadKind.PLATFORM : ThreadKind.VIRTUAL;
        for (int i = 0; i < VICTIMS; i++) {
            start(victims, VICTIM, isFair ? () -> burn(new AtomicLong()) : MeanwhileProgram::work);
        }
        if (arguments[1].equals("burn")) {
            // Weights say what each gets if it is fair, else the number of threads does.
            for (int i = 0; i < 3 * NEIGHBOURS; i++) {
                start(neighbours, "/tenants/a", () -> burn(LEDGER_OF_A));
            }
            for (int i = 0; i < (isFair ? 3 : 1) * NEIGHBOURS; i++) {
                start(neighbours, "/tenants/b", () -> burn(LEDGER_OF_B));
            }
        }
        int seconds = Integer.parseInt(arguments[2]);
        if (seconds == 0) {
            System.out.println("ready");
            System.in.read();
        } else {
            look(seconds);
        }
        isOver = true;
    }

    private static void start(ThreadKind kind, String path, Runnable task) {
        Container container = Containers.at(path);
        Thread thread = kind.unstarted(task);
        container.start(thread);
    }

    private static void work() {
        try {
            while (!isOver) {
                CpuLoad.millis(1);
                TimeUnit.MILLISECONDS.sleep(2);
            }
        } catch (InterruptedException never) {
            throw new IllegalStateException(never);
        }
    }

    private static void burn(AtomicLong ledger) {
        while (!isOver) {
            ledger.addAndGet(CpuLoad.millis(STAY_MILLIS));
            Thread.yield();
        }
    }

    private static void look(int seconds) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName main = new ObjectName("io.corral:type=Hierarchy,name=main");
        CompositeData found = null;
        double ledgerOfA = 0;
        double ledgerOfB = 0;
        for (int i = 0; i <= seconds; i++) {
            found = (CompositeData) server.invoke(main, "ranMeanwhile", null, null);
            // Older seconds count less in what is found too.
            ledgerOfA = A_SECOND_LATER * ledgerOfA + LEDGER_OF_A.getAndSet(0);
            ledgerOfB = A_SECOND_LATER * ledgerOfB + LEDGER_OF_B.getAndSet(0);
            if (i == 0) {
                // Only what comes from the first question on is looked at.
                ledgerOfA = 0;
                ledgerOfB = 0;
            }
            if (i < seconds) {
                TimeUnit.SECONDS.sleep(1);
            }
        }
        System.out.println("ledgerOfA=" + (long) ledgerOfA);
        System.out.println("ledgerOfB=" + (long) ledgerOfB);
        int row = Arrays.asList((String[]) found.get("paths")).indexOf(VICTIM);
        if (row < 0) {
            System.out.println("others=");
            return;
        }
        String[] others = ((String[][]) found.get("others"))[row];
        double[] parts = ((double[][]) found.get("parts"))[row];
        System.out.println("milliThreadsWaiting="
                + Math.round(1_000 * ((double[]) found.get("waiting"))[row]));
        System.out.println("others=" + String.join(",", others));
        for (int i = 0; i < others.length; i++) {
            System.out.println("perMille." + others[i] + "=" + Math.round(1_000 * parts[i]));
        }
    }
}
