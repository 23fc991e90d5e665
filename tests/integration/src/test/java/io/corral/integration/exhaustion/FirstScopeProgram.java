package io.corral.integration.exhaustion;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Subsystem;

import java.util.concurrent.TimeUnit;

/**
 * Opens the JVM's first scopes at the bottom of stacks, while another thread attaches the threads
 * to two containers by turns and a subsystem follows them.
 */
public final class FirstScopeProgram {

    private static final int DIVES = 25;

    private static volatile boolean isOver;
    private static volatile Thread diving;

    private FirstScopeProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        Container container = Containers.at("/first");
        Containers.register(new Follower());
        Thread attaching = new Thread(FirstScopeProgram::attach);
        attaching.setDaemon(true);
        attaching.start();
        int overflows = 0;
        for (int i = 0; i < DIVES; i++) {
            overflows += StackBottom.reach(i, () -> {
                diving = Thread.currentThread();
                container.enter().close();
            });
        }
        isOver = true;
        attaching.join(TimeUnit.SECONDS.toMillis(60));
        System.out.println("overflows=" + overflows);
        System.out.println("attaching=" + attaching.isAlive());
        container.run(() -> System.out.println("later=" + Containers.current().path()));
    }

    private static void attach() {
        Container[] by = {Containers.at("/one"), Containers.at("/other")};
        for (int i = 0; !isOver; i++) {
            Thread thread = diving;
            if (thread != null) {
                try {
                    by[i % by.length].attach(thread);
                } catch (IllegalArgumentException ended) {
                    // The next one comes.
                }
            }
        }
    }

    private static final class Follower implements Subsystem {

        @Override
        public void switched(Thread thread, Container from, Container to) {
            // Corral tells, under a lock of the thread.
        }
    }
}
