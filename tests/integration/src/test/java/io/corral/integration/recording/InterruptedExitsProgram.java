package io.corral.integration.recording;

import io.corral.Container;
import io.corral.Containers;
import jdk.jfr.Recording;

/** Runs in the forked JVM: interrupts the thread that commits the exits of virtual threads. */
final class InterruptedExitsProgram {

    private static final String NAME = "corral-virtual-exits";

    private InterruptedExitsProgram() {}

    public static void main(String[] arguments) throws Exception {
        Container corral = Containers.at("/jvm/corral");
        try (Recording recording = new Recording()) {
            recording.enable("corral.VirtualThreadExit");
            recording.start();
            find(corral).interrupt();
            Thread.sleep(100);
            long before = corral.usage().cpuNanos();
            Thread.sleep(1000);
            System.out.println("usedNanos=" + (corral.usage().cpuNanos() - before));
        }
    }

    private static Thread find(Container corral) throws InterruptedException {
        while (true) {
            for (Thread thread : corral.threads()) {
                if (thread.getName().equals(NAME)) {
                    return thread;
                }
            }
            Thread.sleep(10);
        }
    }
}
