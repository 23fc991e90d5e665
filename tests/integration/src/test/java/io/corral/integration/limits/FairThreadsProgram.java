package io.corral.integration.limits;

import java.lang.reflect.Field;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/** Runs virtual threads to their end, starts ten thousand busy ones in a tenant, and exits. */
final class FairThreadsProgram {

    private FairThreadsProgram() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("threads=" + FairFaultsProgram.run());
        new Tenants().add(Tenants.heavy(), 10_000, 50);
        TimeUnit.MILLISECONDS.sleep(500);
        System.out.println("parallelism=" + scheduler().getParallelism());
        System.exit(3);
    }

    private static ForkJoinPool scheduler() throws ReflectiveOperationException {
        Field field =
                Class.forName("java.lang.VirtualThread").getDeclaredField("DEFAULT_SCHEDULER");
        field.setAccessible(true);
        return (ForkJoinPool) field.get(null);
    }
}
