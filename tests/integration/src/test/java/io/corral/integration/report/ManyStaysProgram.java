package io.corral.integration.report;

import io.corral.Containers;

import java.util.ArrayList;
import java.util.List;

/** Threads that change their container as often as the first argument says. */
final class ManyStaysProgram {

    private static final int THREADS = 4;
    private static final int CONTAINERS = 50;

    private ManyStaysProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        int changes = Integer.parseInt(arguments[0]);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> change(changes / THREADS), "changing");
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("done=true");
    }

    private static void change(int times) {
        for (int i = 0; i < times; i++) {
            Containers.at("/tenants/" + i % CONTAINERS).enter().close();
        }
    }
}
