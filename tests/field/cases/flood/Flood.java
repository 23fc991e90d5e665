import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/** The work of the server's requests, and the start of the clients in a JVM of their own. */
final class Flood {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Short calls and many of them, since a request's work is compiled like one of those. */
    private static final long CALIBRATION_STEPS = 20_000;

    private static final int CALIBRATIONS = 20_000;

    private static final String TENANTS = "/tenants/";

    /**
     * Short requests one after another, until the JIT compiler has little left to do. Beside a
     * flood without a limit it gets almost no CPU time, and beside one with a limit it does: what
     * it uses there would count as the limit's cost.
     */
    private static final String[] WARM_UP = {"8", "1", "warm-up:4:burn=0.2"};

    private static volatile long result;

    /** Steps of {@link #burn} in a millisecond of CPU time. */
    private static double stepsPerMillisecond;

    private Flood() {}

    /** Finds out how long a step takes at least, on a thread that has compiled code. */
    static void calibrate() {
        for (int i = 0; i < CALIBRATIONS; i++) {
            long began = THREADS.getCurrentThreadCpuTime();
            steps(CALIBRATION_STEPS);
            long nanos = THREADS.getCurrentThreadCpuTime() - began;
            stepsPerMillisecond = Math.max(stepsPerMillisecond, CALIBRATION_STEPS * 1e6 / nanos);
        }
    }

    /** A sequence, Marsaglia's xorshift, of which the compiler can't compute several at once. */
    private static void steps(long count) {
        long x = 1 + (result & 1);
        for (long i = 0; i < count; i++) {
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
        }
        result = x;
    }

    /**
     * What a request does.
     *
     * @param query such as {@code burn=10&sleep=10&poll=10}, in milliseconds
     */
    static void work(String query) throws InterruptedException {
        for (String each : query.split("&", -1)) {
            int equals = each.indexOf('=');
            double milliseconds = Double.parseDouble(each.substring(equals + 1));
            if (each.startsWith("burn")) {
                steps((long) (milliseconds * stepsPerMillisecond));
            } else if (each.startsWith("poll")) {
                poll((long) milliseconds);
            } else if (milliseconds > 0) {
                TimeUnit.MICROSECONDS.sleep((long) (milliseconds * 1_000));
            }
        }
    }

    /**
     * Waits in native code, as for the answer of a database: for the JVM the thread is runnable.
     */
    private static void poll(long milliseconds) {
        try (Selector selector = Selector.open()) {
            selector.select(milliseconds);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Warms up the server, and runs the clients to their end.
     *
     * @param arguments those of {@link Clients}, without the port
     */
    static void run(int port, String[] arguments) throws Exception {
        end(clients(port, ProcessBuilder.Redirect.DISCARD, WARM_UP));
        // Its classes are loaded before there are hundreds of runnable threads.
        used();
        Process running = clients(port, ProcessBuilder.Redirect.INHERIT, arguments);
        printUsed(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        end(running);
    }

    private static Process clients(int port, ProcessBuilder.Redirect output, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "Clients",
                Integer.toString(port)));
        command.addAll(List.of(arguments));
        ProcessBuilder clients = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .redirectInput(new File("/dev/null"));
        clients.environment().remove("JAVA_TOOL_OPTIONS");
        return clients.start();
    }

    private static void end(Process running) throws InterruptedException {
        int code = running.waitFor();
        if (code != 0) {
            throw new IllegalStateException("the clients ended with " + code);
        }
    }

    /**
     * Prints the CPU time of each tenant while requests count. The clients need a second to start.
     */
    private static void printUsed(int warmUpSeconds, int seconds) throws Exception {
        TimeUnit.SECONDS.sleep(1 + warmUpSeconds);
        Map<String, Long> before = used();
        TimeUnit.SECONDS.sleep(seconds - 1);
        for (Map.Entry<String, Long> each : used().entrySet()) {
            long nanos = each.getValue() - before.getOrDefault(each.getKey(), 0L);
            System.out.println("used\t" + each.getKey() + "\t" + nanos);
        }
    }

    private static Map<String, Long> used() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        TabularData rows = (TabularData)
                server.getAttribute(new ObjectName("io.corral:type=Hierarchy,name=main"), "Usages");
        Map<String, Long> used = new TreeMap<>();
        for (Object each : rows.values()) {
            CompositeData row = (CompositeData) each;
            String path = (String) row.get("key");
            if (path.startsWith(TENANTS)) {
                CompositeData usage = (CompositeData) row.get("value");
                used.put(path.substring(TENANTS.length()), (Long) usage.get("cpuNanos"));
            }
        }
        return used;
    }
}
