package io.corral.integration.limits;

import com.sun.tools.attach.VirtualMachine;

import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.Waits;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Has a crowd of busy virtual threads, loads the agent, and moves the crowd into a tenant. */
final class LateFairProgram {

    private static final int BUSY = 1_000;

    private static volatile boolean isOver;

    private LateFairProgram() {}

    /** The arguments: the agent's jar, and the agent's arguments. */
    public static void main(String[] arguments) throws Exception {
        List<Thread> busy = new ArrayList<>();
        for (int i = 0; i < BUSY; i++) {
            busy.add(ThreadKind.VIRTUAL.start(LateFairProgram::work));
        }
        VirtualMachine self =
                VirtualMachine.attach(Long.toString(ProcessHandle.current().pid()));
        self.loadAgent(arguments[0], arguments[1]);
        self.detach();
        // The API's classes must not be loaded before the agent.
        WithAgent.run(busy);
    }

    private static void work() {
        long sum = 0;
        while (!isOver) {
            for (int i = 0; i < 100_000; i++) {
                sum = sum * 31 + i;
            }
            Thread.yield();
        }
        if (sum == 1) {
            System.out.println(sum);
        }
    }

    private static final class WithAgent {

        static void run(List<Thread> busy) throws Exception {
            for (Thread each : busy) {
                Waits.sleepUntil(() -> canAttach(each));
            }
            // They queue from their next yield on.
            TimeUnit.MILLISECONDS.sleep(500);
            LightThreads light = LightThreads.run(50);
            System.out.println("light threads: "
                    + (light.haveAllEnded() ? "all ended" : light.ended() + " ended"));
            LightThreads bare = Tenants.withoutLimits(() -> LightThreads.run(50));
            System.out.println("without limits: "
                    + (bare.medianMillis() > 3 * light.medianMillis()
                            ? "they are kept waiting"
                            : bare.medianMillis() + " ms, with them " + light.medianMillis()));
            isOver = true;
            System.out.println("busy threads: " + FairFaultsProgram.hanging(busy));
            System.out.println("slots: " + FairFaultsProgram.slots());
        }

        /** Attaches a thread, which must have yielded since the agent was attached. */
        private static boolean canAttach(Thread thread) {
            try {
                Tenants.heavy().attach(thread);
                return true;
            } catch (IllegalArgumentException notYet) {
                return false;
            }
        }
    }
}
