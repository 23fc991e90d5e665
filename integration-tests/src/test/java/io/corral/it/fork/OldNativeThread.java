package io.corral.it.fork;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Usage;
import io.corral.it.support.Burn;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs in the forked JVM: a thread made in C burns, attaches, works a little, detaches; five times.
 */
public final class OldNativeThread {

    static final int ATTACHMENTS = 5;

    private OldNativeThread() {}

    static native void run(Runnable task);

    /** Argument: the library. */
    public static void main(String[] arguments) throws Exception {
        System.load(arguments[0]);
        Container root = Containers.root();
        AtomicLong attached = new AtomicLong();
        Burn.millis(1);
        Usage before = root.usage();
        long mainBefore = Burn.ownCpuNanos();
        run(() -> attached.addAndGet(Burn.millis(20)));
        long mainAfter = Burn.ownCpuNanos();
        Usage after = root.usage();
        System.out.println("exits=" + (after.exits() - before.exits()));
        System.out.println("attachedNanos=" + attached.get());
        System.out.println("chargedNanos="
                + (after.cpuNanos() - before.cpuNanos() - (mainAfter - mainBefore)));
    }
}
