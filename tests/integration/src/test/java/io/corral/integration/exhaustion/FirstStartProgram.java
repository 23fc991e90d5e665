package io.corral.integration.exhaustion;

import io.corral.Container;
import io.corral.Containers;

/**
 * Starts the JVM's first application thread at the bottom of the stack, where class initialization
 * fails.
 */
public final class FirstStartProgram {

    private static boolean started;

    private FirstStartProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        Container container = Containers.at("/first");
        // Loads this program's classes, so that none is loaded at the bottom of the stack.
        new Idle();
        container.run(FirstStartProgram::dive);
        Container[] of = new Container[1];
        Thread later = new Thread(() -> of[0] = Containers.current());
        container.run(later::start);
        later.join();
        System.out.println("started=" + started);
        System.out.println("later=" + of[0].path());
    }

    private static void dive() {
        try {
            dive();
        } catch (StackOverflowError bottom) {
            // Handled by the callers, each one frame higher.
        }
        if (!started) {
            start();
        }
    }

    private static void start() {
        try {
            new Idle().start();
            started = true;
        } catch (StackOverflowError overflow) {
            // Tries again one frame higher.
        }
    }

    private static final class Idle extends Thread {

        @Override
        public void run() {
            // The thread has started already.
        }
    }
}
