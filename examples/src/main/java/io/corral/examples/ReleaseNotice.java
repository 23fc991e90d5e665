package io.corral.examples;

import io.corral.Container;
import io.corral.Containers;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Asks for a notice when a job is over, including threads that the job started and did not wait
 * for.
 */
public final class ReleaseNotice {

    private ReleaseNotice() {}

    public static void main(String[] arguments) throws InterruptedException {
        Container job = Containers.at("/jobs").create("import");
        CountDownLatch over = new CountDownLatch(1);
        job.onRelease(container -> {
            System.out.println("The last thread of " + container.path() + " has ended.");
            over.countDown();
        });
        job.start(new Thread(() -> read(4), "reader"));
        if (!Containers.isActive()) {
            System.out.println("There is no agent, so there is no notice of the job's end.");
        } else if (over.await(10, TimeUnit.SECONDS)) {
            job.remove();
            System.out.println(
                    "It has been removed; " + job.usage().forks() + " threads ran in it.");
        } else {
            System.out.println("The job still runs.");
        }
    }

    /** Starts the next reader and ends without waiting for it. */
    private static void read(int files) {
        System.out.println(files + " files to read, in " + Containers.current().path());
        if (files > 1) {
            new Thread(() -> read(files - 1), "reader").start();
        }
    }
}
