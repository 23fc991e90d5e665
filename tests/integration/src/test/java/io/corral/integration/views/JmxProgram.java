package io.corral.integration.views;

import com.sun.tools.attach.VirtualMachine;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;

import javax.management.MBeanServer;
import javax.management.MBeanServerDelegate;
import javax.management.MBeanServerNotification;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/** Reads Corral's MBeans in its own JVM. */
final class JmxProgram {

    private JmxProgram() {}

    /** @param arguments {@code agent-first}, or an agent's jar, which comes after the server */
    public static void main(String[] arguments) throws Exception {
        if (!arguments[0].equals("agent-first")) {
            ManagementFactory.getPlatformMBeanServer();
            VirtualMachine self =
                    VirtualMachine.attach(Long.toString(ProcessHandle.current().pid()));
            self.loadAgent(arguments[0]);
            self.detach();
        }
        WithApi.run();
    }

    /** A separate class, so that the API is not loaded before the agent. */
    private static final class WithApi {

        static void run() throws Exception {
            Container first = Containers.at("/first");
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            System.out.println("atOnce=" + names(server));
            makeHierarchy(server);
            System.out.println("later=" + names(server));
            first.run(WithApi::burn);
            ObjectName main = new ObjectName("io.corral:type=Hierarchy,name=main");
            CompositeData columns =
                    (CompositeData) server.invoke(main, "columns", new Object[0], new String[0]);
            List<String> paths = Arrays.asList((String[]) columns.get("paths"));
            int row = paths.indexOf(first.path());
            System.out.println("cpuByColumns=" + ((long[]) columns.get("cpuNanos"))[row]);
            System.out.println("cpuByApi=" + first.usage().cpuNanos());
            System.out.println("process=" + columns.get("processCpuNanos"));
            TabularData rows = (TabularData) server.getAttribute(main, "Usages");
            System.out.println("rows=" + (rows.size() == paths.size()));
            TabularData subtree = (TabularData)
                    server.invoke(main, "subtree", new Object[] {first.path()}, new String[] {
                        String.class.getName()
                    });
            System.out.println("subtree=" + subtree.keySet());
            System.out.println("units=" + units(server));
        }

        /** Makes a hierarchy and waits until it has an MBean. */
        private static void makeHierarchy(MBeanServer server) throws Exception {
            CountDownLatch registered = new CountDownLatch(1);
            server.addNotificationListener(
                    MBeanServerDelegate.DELEGATE_NAME,
                    (notice, handback) -> {
                        if (notice instanceof MBeanServerNotification change
                                && change.getMBeanName().getDomain().equals("io.corral")) {
                            registered.countDown();
                        }
                    },
                    null,
                    null);
            Hierarchy made = Containers.hierarchy("a=b");
            made.at("/here");
            registered.await();
        }

        /** The number of attributes that say in which unit they are. */
        private static long units(MBeanServer server) throws Exception {
            return Arrays.stream(server.getMBeanInfo(new ObjectName("io.corral:type=Corral"))
                            .getAttributes())
                    .filter(each -> each.getDescription().contains("in nanoseconds"))
                    .count();
        }

        private static Set<String> names(MBeanServer server) throws Exception {
            Set<String> names = new TreeSet<>();
            server.queryNames(new ObjectName("io.corral:*"), null)
                    .forEach(name -> names.add(name.getCanonicalName()));
            return names;
        }

        private static void burn() {
            List<String> made = new ArrayList<>();
            for (int i = 0; i < 100_000; i++) {
                made.add("text " + i);
            }
            System.out.println("burnt=" + made.size());
        }
    }
}
