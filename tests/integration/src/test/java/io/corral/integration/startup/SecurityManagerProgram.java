package io.corral.integration.startup;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.Subsystem;

import java.lang.management.ManagementFactory;
import java.time.Duration;

import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Runs in the forked JVM: uses each part of the API once. */
final class SecurityManagerProgram {

    private SecurityManagerProgram() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("active=" + Containers.isActive());
        Containers.register(new Subsystem() {});
        Container a = Containers.at("/a");
        Container b = Containers.at("/b");
        a.onRelease(released -> {});
        try (Scope scope = a.enter()) {
            System.out.println("entered=" + Containers.current());
        }
        Thread thread = new Thread(() -> System.out.println("started=" + Containers.current()));
        a.start(thread);
        thread.join();
        Thread batch =
                new Thread(() -> System.out.println("placed=" + Containers.current()), "batch-7");
        batch.start();
        batch.join();
        work();
        b.attach(Thread.currentThread());
        System.out.println("attached=" + Containers.current());
        a.usage();
        a.hierarchy().usages();
        a.threads();
        a.remove();
        Containers.snapshot();
        Containers.snapshot(Duration.ZERO);
        if (arguments.length > 0) {
            awaitBeans();
        }
    }

    /** The server is made here, by a caller that may not register an MBean. */
    private static void awaitBeans() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName hierarchy = new ObjectName("io.corral:type=Hierarchy,name=main");
        while (!server.isRegistered(hierarchy)) {
            Thread.onSpinWait();
        }
        System.out.println("beans=" + server.isRegistered(new ObjectName("io.corral:type=Corral")));
    }

    private static void work() {
        System.out.println("worked=" + Containers.current());
    }
}
