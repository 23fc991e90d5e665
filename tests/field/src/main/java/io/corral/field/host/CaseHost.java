package io.corral.field.host;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Snapshot;
import io.corral.Usage;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Runs the main method of a case, which starts a service, puts its fixed work on it and returns
 * while the service still runs. Then writes what each container and each thread has used, and ends
 * the JVM.
 */
public final class CaseHost {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private CaseHost() {}

    /** The arguments are the file to write, the class of the case, and the case's own arguments. */
    public static void main(String[] arguments) throws Throwable {
        Method main = Class.forName(arguments[1]).getMethod("main", String[].class);
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(arguments, 2, arguments.length));
            write(arguments[0]);
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
                Map<Container, Usage> usages = snapshot.usages(hierarchy);
                usages.forEach((container, usage) -> out.println("container\t"
                        + (hierarchy.name().equals("main") ? "" : hierarchy.name())
                        + container.path() + "\t" + own(container, usage, usages)));
            }
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                out.println("thread\t" + Containers.of(thread).path() + "\t"
                        + THREADS.getThreadCpuTime(thread.getId()) + "\t" + thread.getName());
            }
        }
    }

    /** What the container used without its children, in the same reading. */
    private static long own(Container container, Usage usage, Map<Container, Usage> usages) {
        long own = usage.cpuNanos();
        for (Container child : usages.keySet()) {
            if (child.path().equals(container.path())
                    || !parent(child.path()).equals(container.path())
                    || isOfTheJvmItself(child)) {
                continue;
            }
            own -= usages.get(child).cpuNanos();
        }
        return own;
    }

    private static String parent(String path) {
        return path.lastIndexOf('/') == 0 ? "/" : path.substring(0, path.lastIndexOf('/'));
    }

    /** The containers that no total above them includes. */
    private static boolean isOfTheJvmItself(Container container) {
        return switch (container.path()) {
            case "/jvm/gc", "/jvm/jit", "/jvm/other" -> true;
            default -> false;
        };
    }
}
