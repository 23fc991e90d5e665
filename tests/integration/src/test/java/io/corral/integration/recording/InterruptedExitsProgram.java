package io.corral.integration.recording;

import io.corral.Container;
import io.corral.Containers;
import io.corral.integration.support.Waits;

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
            Thread committer = find(corral);
            committer.interrupt();
            Waits.until(() -> !committer.isInterrupted());
            Waits.until(() -> committer.getState() == Thread.State.TIMED_WAITING
                    || committer.getState() == Thread.State.WAITING);
            System.out.println("idle=true");
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
