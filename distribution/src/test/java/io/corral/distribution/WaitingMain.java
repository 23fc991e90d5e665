package io.corral.distribution;

import io.corral.Containers;

import java.io.IOException;

/** Runs in the forked JVM until its input ends, with a thread in the container of a tenant. */
final class WaitingMain {

    /** The argument for a program that does not use the API, into which an agent can be loaded. */
    static final String WITHOUT_API = "without-api";

    static final String READY = "ready";
    static final String THREAD = "tenant-thread";

    private WaitingMain() {}

    public static void main(String[] arguments) throws IOException {
        Thread thread = new Thread(WaitingMain::sleep, THREAD);
        thread.setDaemon(true);
        if (arguments.length == 0) {
            Containers.at("/tenants/acme").start(thread);
        }
        System.out.println(READY);
        System.in.read();
    }

    private static void sleep() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
