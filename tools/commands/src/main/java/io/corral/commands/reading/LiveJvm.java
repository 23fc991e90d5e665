package io.corral.commands.reading;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;

import io.corral.Usage;
import io.corral.events.jmx.BeanNames;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

import javax.management.AttributeNotFoundException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * A running JVM, read over JMX. Its own management agent is started if it is not running. No other
 * agent is loaded into it, and nothing is printed there.
 */
public final class LiveJvm implements Source {

    private static final Logger LOGGER = Logger.getLogger("javax.management.remote");

    private static final String MANAGEMENT = "jdk.management.agent";

    /** Told apart from a later process with the same ID by when it began. */
    private final ProcessHandle process;

    private final long pid;
    private final String title;
    private final JMXConnector connector;
    private final MBeanServerConnection server;
    private boolean isMeanwhileWanted;

    private LiveJvm(ProcessHandle process, String program, JMXConnector connector)
            throws IOException {
        this.process = process;
        this.pid = process.pid();
        this.title = "JVM " + pid + " " + program;
        this.connector = connector;
        this.server = connector.getMBeanServerConnection();
    }

    /**
     * @throws IOException if the JVM cannot be read, or does not have Corral; the message says why
     */
    public static LiveJvm connect(long pid) throws IOException {
        // The logger would print a line when the JVM ends.
        LOGGER.setLevel(Level.OFF);
        ProcessHandle process = ProcessHandle.of(pid)
                .orElseThrow(() -> new IOException("JVM " + pid + " has ended"));
        LiveJvm jvm;
        try {
            jvm = connect(process);
        } catch (AttachNotSupportedException refused) {
            throw new IOException(refused.getMessage(), refused);
        } catch (IOException failure) {
            throw ended(process, failure);
        }
        try {
            jvm.hierarchies();
            return jvm;
        } catch (IOException failure) {
            jvm.close();
            throw failure;
        }
    }

    // What is deserialized comes from a JVM that this process may attach to, and could end.
    @SuppressWarnings("BanJNDI")
    private static LiveJvm connect(ProcessHandle process)
            throws IOException, AttachNotSupportedException {
        VirtualMachine jvm = VirtualMachine.attach(Long.toString(process.pid()));
        try {
            String address = startManagement(jvm);
            String command = jvm.getSystemProperties().getProperty("sun.java.command", "");
            return new LiveJvm(
                    process,
                    ProgramName.shortened(command),
                    JMXConnectorFactory.connect(new JMXServiceURL(address)));
        } finally {
            jvm.detach();
        }
    }

    /** @throws AttachNotSupportedException if the JVM has no management agent */
    private static String startManagement(VirtualMachine jvm)
            throws IOException, AttachNotSupportedException {
        try {
            return jvm.startLocalManagementAgent();
        } catch (IOException failure) {
            // The JVM's answer: java.lang.module.FindException: Module NAME not found.
            if (String.valueOf(failure.getMessage()).contains("Module " + MANAGEMENT)) {
                throw new AttachNotSupportedException("the Java image of JVM " + jvm.id()
                        + " has no module " + MANAGEMENT + "; link it with jlink --add-modules "
                        + MANAGEMENT + ", or read its metrics: corral top http://HOST:9464");
            }
            throw failure;
        }
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public List<String> hierarchies() throws IOException {
        try {
            return List.of((String[]) server.getAttribute(BeanNames.ofProcess(), "Hierarchies"));
        } catch (InstanceNotFoundException absent) {
            throw new IOException(
                    "JVM " + pid + " has no Corral; load it with corral attach " + pid, absent);
        } catch (JMException failure) {
            throw new IOException(failure.getMessage(), failure);
        } catch (IOException gone) {
            throw ended(process, gone);
        }
    }

    /** Whether limits are in force: see {@code CorralMXBean.getLimitState}. */
    public String limitState() throws IOException {
        return (String) attribute("LimitState");
    }

    /** The containers with limits. */
    public List<LimitRow> limits() throws IOException {
        return Arrays.stream((CompositeData[]) attribute("Limits"))
                .map(LimitRow::of)
                .toList();
    }

    private Object attribute(String name) throws IOException {
        try {
            return server.getAttribute(BeanNames.ofProcess(), name);
        } catch (AttributeNotFoundException earlier) {
            throw new IOException(
                    "JVM " + pid + " has an earlier version of Corral, without limits", earlier);
        } catch (JMException failure) {
            throw new IOException(failure.getMessage(), failure);
        } catch (IOException gone) {
            throw ended(process, gone);
        }
    }

    /**
     * Calls an operation of the MBean for the process.
     *
     * @throws IOException if it fails; the message says why
     */
    public void call(String operation, String... arguments) throws IOException {
        String[] types = new String[arguments.length];
        Arrays.fill(types, String.class.getName());
        try {
            server.invoke(BeanNames.ofProcess(), operation, arguments, types);
        } catch (RuntimeMBeanException refused) {
            throw new IOException(refused.getTargetException().getMessage(), refused);
        } catch (JMException failure) {
            throw new IOException(failure.getMessage(), failure);
        } catch (IOException gone) {
            throw ended(process, gone);
        }
    }

    @Override
    public Reading read(String hierarchy) throws IOException {
        try {
            ObjectName bean = BeanNames.ofHierarchy(hierarchy);
            Reading reading = reading(hierarchy, (CompositeData)
                    server.invoke(bean, "columns", new Object[0], new String[0]));
            return isMeanwhileWanted ? withMeanwhile(reading, bean) : reading;
        } catch (InstanceNotFoundException absent) {
            throw new IOException(
                    "JVM " + pid + " has no hierarchy " + hierarchy + "; it has "
                            + String.join(", ", hierarchies()),
                    absent);
        } catch (JMException failure) {
            throw new IOException(failure.getMessage(), failure);
        } catch (IOException gone) {
            throw ended(process, gone);
        }
    }

    private Reading withMeanwhile(Reading reading, ObjectName bean)
            throws JMException, IOException {
        Map<String, Meanwhile> meanwhile = new HashMap<>();
        try {
            CompositeData columns = (CompositeData)
                    server.invoke(bean, "ranMeanwhile", new Object[0], new String[0]);
            String[] paths = (String[]) columns.get("paths");
            double[] waiting = (double[]) columns.get("waiting");
            String[][] others = (String[][]) columns.get("others");
            double[][] parts = (double[][]) columns.get("parts");
            for (int i = 0; i < paths.length; i++) {
                List<Meanwhile.Other> all = new ArrayList<>();
                for (int j = 0; j < others[i].length; j++) {
                    all.add(new Meanwhile.Other(others[i][j], parts[i][j]));
                }
                meanwhile.put(paths[i], new Meanwhile(waiting[i], all));
            }
        } catch (ReflectionException earlier) {
            // The JVM has an earlier version of Corral, without this operation.
            return reading;
        }
        return new Reading(
                reading.hierarchy(),
                reading.timeMicros(),
                reading.process(),
                reading.rows(),
                meanwhile);
    }

    private static Reading reading(String hierarchy, CompositeData columns) {
        String[] paths = (String[]) columns.get("paths");
        long[] cpu = (long[]) columns.get("cpuNanos");
        long[] allocated = (long[]) columns.get("allocatedBytes");
        long[] threads = (long[]) columns.get("threads");
        long[] virtual = (long[]) columns.get("virtualThreads");
        long[] forks = (long[]) columns.get("forks");
        long[] exits = (long[]) columns.get("exits");
        long[] queued = (long[]) columns.get("queuedNanos");
        long[] waits = counted(columns, "waits");
        long[] waiting = counted(columns, "waiting");
        long[] throttled = counted(columns, "throttledNanos");
        long[] shed = counted(columns, "shed");
        List<Row> rows = new ArrayList<>(paths.length);
        for (int i = 0; i < paths.length; i++) {
            rows.add(new Row(
                    paths[i],
                    cpu[i],
                    allocated[i],
                    threads[i],
                    virtual[i],
                    forks[i],
                    exits[i],
                    queued[i],
                    waits[i],
                    waiting[i],
                    Usage.UNKNOWN,
                    throttled[i],
                    shed[i]));
        }
        ProcessCpu process = new ProcessCpu(
                (long) columns.get("processCpuNanos"),
                (long) columns.get("containerCpuNanos"),
                (long) columns.get("jvmCpuNanos"),
                (long) columns.get("gcCpuNanos"),
                (long) columns.get("jitCpuNanos"),
                (long) columns.get("ownCpuNanos"));
        return new Reading(hierarchy, (long) columns.get("timeMicros"), process, rows);
    }

    /** A JVM with an earlier version of Corral has no such column. */
    private static long[] counted(CompositeData columns, String name) {
        if (columns.containsKey(name)) {
            return (long[]) columns.get(name);
        }
        long[] unknown = new long[((long[]) columns.get("queuedNanos")).length];
        Arrays.fill(unknown, Usage.UNKNOWN);
        return unknown;
    }

    @Override
    public boolean wantMeanwhile(boolean isWanted) {
        isMeanwhileWanted = isWanted;
        return true;
    }

    private static IOException ended(ProcessHandle process, IOException gone) {
        try {
            // The connection breaks a little before the process is gone.
            for (int i = 0; i < 10 && process.isAlive(); i++) {
                Thread.sleep(100);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        // RMI adds lines with the cause.
        String cause = String.valueOf(gone.getMessage()).lines().findFirst().orElse("");
        return new IOException(
                process.isAlive()
                        ? "JVM " + process.pid() + " does not answer: " + cause
                        : "JVM " + process.pid() + " has ended",
                gone);
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException ended) {
            // The JVM has ended, so there is nothing to close.
        }
    }
}
