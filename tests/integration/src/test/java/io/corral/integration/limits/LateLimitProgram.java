package io.corral.integration.limits;

import com.sun.tools.attach.VirtualMachine;

import io.corral.Container;
import io.corral.Containers;
import io.corral.ForkRefusedException;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.Waits;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Starts threads, loads the agent, and limits the threads that live already. */
final class LateLimitProgram {

    private static final int OLD = 3;

    private LateLimitProgram() {}

    /** The arguments: the agent's jar, and the agent's arguments. */
    public static void main(String[] arguments) throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < OLD; i++) {
            threads.add(start("old-" + i, over));
        }
        Thread other = start("another", over);
        VirtualMachine self =
                VirtualMachine.attach(Long.toString(ProcessHandle.current().pid()));
        self.loadAgent(arguments[0], arguments[1]);
        self.detach();

        // The API's classes must not be loaded before the agent.
        WithAgent.run(other, threads, over);
    }

    private static final class WithAgent {

        static void run(Thread other, List<Thread> threads, CountDownLatch over)
                throws InterruptedException {
            Container a = Containers.at("/late/a");
            a.limits().threadsMax(OLD);
            print("adopted", a);
            Thread next = new Thread(() -> {}, "next");
            try {
                a.start(next);
            } catch (ForkRefusedException refused) {
                System.out.println("start=" + refused.getMessage());
            }
            a.attach(other);
            print("attached", a);
            over.countDown();
            threads.forEach(ThreadKind::join);
            other.join();
            print("ended", a);
        }

        private static void print(String name, Container container) {
            System.out.println(name + "=" + container.limits().stat().threads() + " of "
                    + container.limits().threadsMax());
        }
    }

    private static Thread start(String name, CountDownLatch over) {
        Thread thread = new Thread(() -> Waits.await(over), name);
        thread.start();
        return thread;
    }
}
