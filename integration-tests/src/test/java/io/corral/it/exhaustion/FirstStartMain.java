package io.corral.it.exhaustion;

import io.corral.Container;
import io.corral.Containers;

/**
 * The first start of a thread is at the bottom of the stack: what that initializes can't be
 * initialized there.
 */
public final class FirstStartMain {

    private static boolean started;

    private FirstStartMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        Container container = Containers.at("/first");
        // Of this program nothing is loaded at the bottom.
        new Idle();
        container.run(FirstStartMain::dive);
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
            // On the way up from here.
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
            // Once more, one frame higher up.
        }
    }

    private static final class Idle extends Thread {

        @Override
        public void run() {
            // It has started.
        }
    }
}
