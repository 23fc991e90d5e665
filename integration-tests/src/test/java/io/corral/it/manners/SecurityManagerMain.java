package io.corral.it.manners;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.Subsystem;

/** Runs in the forked JVM: uses each part of the API once. */
final class SecurityManagerMain {

    private SecurityManagerMain() {}

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
    }

    private static void work() {
        System.out.println("worked=" + Containers.current());
    }
}
