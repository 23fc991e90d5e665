package io.corral.benchmarks.accuracy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of each platform thread, or of each carrier: a virtual thread's clock is its carrier's.
 * {@code ThreadMXBean} says nothing of virtual threads; the native method below it does.
 */
final class Ledgers {

    private static final MethodHandle CPU_TIME = cpuTime();
    private static final MethodHandle CARRIER = carrier();

    private final int containers;
    private volatile Thread[] threads = {};
    private volatile Ledger[] ledgers = {};

    Ledgers(int containers) {
        this.containers = containers;
    }

    private static MethodHandle cpuTime() {
        try {
            Method method = Class.forName("sun.management.ThreadImpl")
                    .getDeclaredMethod("getThreadTotalCpuTime0", long.class);
            method.setAccessible(true);
            return MethodHandles.lookup().unreflect(method);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static MethodHandle carrier() {
        MethodType type = MethodType.methodType(Thread.class);
        try {
            if (Runtime.version().feature() < 21) {
                return MethodHandles.lookup().findStatic(Thread.class, "currentThread", type);
            }
            Method method = Thread.class.getDeclaredMethod("currentCarrierThread");
            method.setAccessible(true);
            return MethodHandles.lookup().unreflect(method);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Of the calling platform thread, or of the carrier. */
    static long ownCpuNanos() {
        try {
            return (long) CPU_TIME.invokeExact(0L);
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The calling thread works for that container, since just before. */
    void switchedTo(int container) {
        own().switchTo(container, ownCpuNanos());
    }

    /** The calling thread works for that container, since after its clock said {@code before}. */
    void switchedTo(int container, long before) {
        long after = ownCpuNanos();
        own().switchTo(container, before, after);
    }

    private Ledger own() {
        Thread carrier;
        try {
            carrier = (Thread) CARRIER.invokeExact();
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
        Ledger ledger = find(carrier);
        return ledger == null ? add(carrier) : ledger;
    }

    private @Nullable Ledger find(Thread thread) {
        Ledger[] known = ledgers;
        for (int i = 0; i < known.length; i++) {
            if (threads[i] == thread) {
                return known[i];
            }
        }
        return null;
    }

    private synchronized Ledger add(Thread thread) {
        int count = ledgers.length;
        Thread[] moreThreads = new Thread[count + 1];
        Ledger[] moreLedgers = new Ledger[count + 1];
        System.arraycopy(threads, 0, moreThreads, 0, count);
        System.arraycopy(ledgers, 0, moreLedgers, 0, count);
        moreThreads[count] = thread;
        moreLedgers[count] = new Ledger(containers);
        threads = moreThreads;
        ledgers = moreLedgers;
        return moreLedgers[count];
    }

    /** To be asked when all threads rest. */
    long cpuNanos(int container) {
        long sum = 0;
        for (Ledger ledger : ledgers) {
            sum += ledger.cpuNanos(container);
        }
        return sum;
    }

    /** To be asked when all threads rest. */
    long residencies(int container) {
        long sum = 0;
        for (Ledger ledger : ledgers) {
            sum += ledger.residencies(container);
        }
        return sum;
    }
}
