package io.corral.integration.limits;

import io.corral.integration.support.Pinned;
import io.corral.integration.support.RunQueueSlots;
import io.corral.integration.support.Waits;
import io.corral.runtime.control.FairThreads;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Has a virtual thread of a tenant that is ready, and that no carrier runs. */
final class StarvedThreadsProgram {

    /** More than the tick lends. */
    private static final int LOST_SLOTS = 1_000;

    private StarvedThreadsProgram() {}

    /** @param arguments the carriers that are kept; none: the tenant's slots are lost instead */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0) {
            keepCarriers(Integer.parseInt(arguments[0]));
        } else {
            loseSlots();
        }
        System.out.println("slots: " + FairFaultsProgram.slots());
    }

    private static void loseSlots() throws InterruptedException {
        Tenants.start(Tenants.light(), () -> {}).join();
        RunQueueSlots.add(Tenants.light(), LOST_SLOTS);
        Thread ready = Tenants.start(Tenants.light(), () -> {});
        System.out.println("threads: " + FairFaultsProgram.hanging(List.of(ready)));
        RunQueueSlots.add(Tenants.light(), -LOST_SLOTS);
        System.out.println("queues: " + (FairThreads.isOn() ? "on" : "off"));
        Waits.sleepUntil(FairThreads::isOn);
        System.out.println("later: " + FairFaultsProgram.run());
    }

    /** Waits for a line. Then pinned threads keep all carriers until the end of the input. */
    private static void keepCarriers(int carriers) throws Exception {
        System.out.println("ready");
        System.in.read();
        CountDownLatch arePinned = new CountDownLatch(carriers);
        CountDownLatch isOver = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < carriers; i++) {
            threads.add(Tenants.start(
                    Tenants.heavy(),
                    () -> Pinned.run(() -> {
                        arePinned.countDown();
                        Waits.await(isOver);
                    })));
        }
        Waits.await(arePinned);
        threads.add(Tenants.start(Tenants.light(), () -> {}));
        System.in.readAllBytes();
        isOver.countDown();
        System.out.println("threads: " + FairFaultsProgram.hanging(threads));
    }
}
