package io.corral.field.host;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Limits;
import io.corral.Snapshot;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * Runs the main method of a case, which starts a service, puts its fixed work on it and returns
 * while the service still runs. Then writes what each container and each thread has used, and ends
 * the JVM.
 */
public final class CaseHost {

    /** The property with the number of requests at once of {@link #LIMITED}. */
    private static final String MAX = "case.requests.max";

    /** The property with the milliseconds that a request of {@link #LIMITED} may wait. */
    private static final String WAIT = "case.requests.wait";

    private static final String LIMITED = System.getProperty("case.limited", "/tenants/a");

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private CaseHost() {}

    /** The arguments are the file to write, the class of the case, and the case's own arguments. */
    public static void main(String[] arguments) throws Throwable {
        long max = Long.getLong(MAX, Limits.UNLIMITED);
        if (max != Limits.UNLIMITED) {
            Duration wait = Duration.ofMillis(Long.getLong(WAIT, 0));
            Containers.at(LIMITED).limits().requestsMax(max, wait);
        }
        Method main = Class.forName(arguments[1]).getMethod("main", String[].class);
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(arguments, 2, arguments.length));
            write(arguments[0]);
            if (max != Limits.UNLIMITED) {
                System.out.println("stat=" + Containers.at(LIMITED).limits().stat());
            }
        } catch (InvocationTargetException failure) {
            failure.printStackTrace();
            System.exit(1);
        }
        System.exit(0);
    }

    /**
     * Tabs part the columns. The name of a thread is the last one, since it may have a tab. A path
     * outside the hierarchy {@code main} begins with the name of its hierarchy.
     */
    private static void write(String file) throws IOException {
        Snapshot snapshot = Containers.snapshot();
        try (PrintWriter out = new PrintWriter(file, StandardCharsets.UTF_8)) {
            out.println("process\t" + snapshot.processCpuNanos());
            out.println("jvm\t" + snapshot.jvmCpuNanos());
            out.println("unattributed\t" + snapshot.unattributedCpuNanos());
            for (Hierarchy hierarchy : snapshot.hierarchies()) {
                for (Container container : snapshot.usages(hierarchy).keySet()) {
                    out.println("container\t"
                            + (hierarchy.name().equals("main") ? "" : hierarchy.name())
                            + container.path() + "\t"
                            + container.ownUsage().cpuNanos());
                }
            }
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                out.println("thread\t" + Containers.of(thread).path() + "\t"
                        + THREADS.getThreadCpuTime(thread.getId()) + "\t" + thread.getName());
            }
        }
    }
}
