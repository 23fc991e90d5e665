package io.corral.integration.fork;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Usage;
import io.corral.integration.support.CpuLoad;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs in the forked JVM: a thread made in C burns, attaches, works a little, detaches; five times.
 */
public final class NativePastProgram {

    static final int ATTACHMENTS = 5;

    private NativePastProgram() {}

    static native void run(Runnable task);

    /** Argument: the library. */
    public static void main(String[] arguments) throws Exception {
        System.load(arguments[0]);
        Container root = Containers.root();
        AtomicLong attached = new AtomicLong();
        CpuLoad.millis(1);
        Usage before = root.usage();
        long mainBefore = CpuLoad.ownCpuNanos();
        run(() -> attached.addAndGet(CpuLoad.millis(20)));
        long mainAfter = CpuLoad.ownCpuNanos();
        Usage after = root.usage();
        System.out.println("exits=" + (after.exits() - before.exits()));
        System.out.println("attachedNanos=" + attached.get());
        System.out.println("chargedNanos="
                + (after.cpuNanos() - before.cpuNanos() - (mainAfter - mainBefore)));
    }
}
