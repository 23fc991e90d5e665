package io.corral.events.jmx;

import io.corral.Hierarchy;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Notifier;

import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Set;

import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;

/**
 * Registers the MBeans: {@code io.corral:type=Corral}, and {@code io.corral:type=Hierarchy,name=…}
 * for each hierarchy, also for those that are made later.
 */
public final class Beans implements Runnable {

    /** Guarded by this. */
    private final Set<Hierarchy> registered = new HashSet<>();

    /**
     * Whether the platform's MBean server exists. This is decided without creating it: that server
     * has the JVM's own beans.
     */
    public static boolean isServerMade() {
        try {
            ObjectName ofTheJvm = new ObjectName(ManagementFactory.RUNTIME_MXBEAN_NAME);
            for (MBeanServer server : MBeanServerFactory.findMBeanServer(null)) {
                if (server.isRegistered(ofTheJvm)) {
                    return true;
                }
            }
            return false;
        } catch (JMException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Called when the server was created, on the thread that requested it. */
    @Override
    public void run() {
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            register(
                    server,
                    BeanNames.ofProcess(),
                    new DescribedBean(new CorralBean(), CorralMXBean.class));
            Trees.hierarchyListener(this::registerLater);
            registerHierarchies(server);
        } catch (JMException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Called in hooks. */
    private void registerLater() {
        Notifier notifier = Notifier.Current.notifier;
        if (notifier != null) {
            notifier.later(this::registerNew);
        }
    }

    private void registerNew() {
        try {
            registerHierarchies(ManagementFactory.getPlatformMBeanServer());
        } catch (JMException impossible) {
            HookFailures.MANAGEMENT.report(impossible);
        }
    }

    /**
     * The caller passes the server. The factory of the server is locked while {@link #run} runs, so
     * it must not be called while the lock of this object is held.
     */
    private synchronized void registerHierarchies(MBeanServer server) throws JMException {
        for (HierarchyTree tree : Trees.hierarchies()) {
            Hierarchy each = tree.api();
            if (registered.add(each)) {
                register(
                        server,
                        BeanNames.ofHierarchy(each.name()),
                        new DescribedBean(new HierarchyBean(tree), HierarchyMXBean.class));
            }
        }
    }

    private static void register(MBeanServer server, ObjectName name, DescribedBean bean)
            throws JMException {
        try {
            server.registerMBean(bean, name);
        } catch (InstanceAlreadyExistsException other) {
            throw new IllegalStateException("an MBean of the name " + name + " exists", other);
        }
    }
}
