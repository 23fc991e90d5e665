package io.corral.integration.lateagent;

import io.corral.Containers;
import io.corral.integration.support.Waits;

import java.util.concurrent.CountDownLatch;

/** Runs in the forked JVM: threads that were placed for different reasons. */
final class WhyProgram {

    private WhyProgram() {}

    public static void main(String[] arguments) {
        CountDownLatch end = new CountDownLatch(1);
        Runnable wait = () -> Waits.await(end);
        new Thread(wait, "ruled-1").start();
        Thread moved = new Thread(wait, "moved");
        moved.start();
        Containers.at("/moved").attach(moved);
        CountDownLatch started = new CountDownLatch(1);
        Thread direct = new Thread(
                () -> {
                    new Thread(wait, "heir").start();
                    started.countDown();
                    wait.run();
                },
                "direct");
        Containers.at("/direct").start(direct);
        Waits.await(started);
        if (!Containers.placedBy(direct).rule().equals("explicit")) {
            throw new IllegalStateException(Containers.placedBy(direct).toString());
        }
        System.out.println("ready");
        wait.run();
    }
}
