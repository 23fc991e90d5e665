package io.corral.report;

import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Events with the names and fields of Corral's, for recordings that tests make. */
final class RecordedEvents {

    private RecordedEvents() {}

    @Name("corral.ContainerTotal")
    @StackTrace(false)
    static final class Total extends Event {
        String hierarchy = "main";
        String container;
        long totalCpuTime;
        long totalAllocated;
        long totalQueuedTime = Long.MIN_VALUE;
        long totalWaits = Long.MIN_VALUE;
        long threads;
        long virtualThreads;
        long forks;

        static void commit(String container, long cpuTime) {
            commit("main", container, cpuTime);
        }

        static void commit(String hierarchy, String container, long cpuTime) {
            Total event = new Total();
            event.hierarchy = hierarchy;
            event.container = container;
            event.totalCpuTime = cpuTime;
            event.commit();
        }
    }

    /** The event of earlier versions, which has an estimate in addition. */
    @Name("corral.Reconciliation")
    @StackTrace(false)
    static final class EarlierReconciliation extends Event {
        long processCpuTime;
        long containerCpuTime;
        long vmCpuTime;
        long teardownCpuTime;
        long ownCpuTime;
        long unattributedCpuTime;

        static void commit(long process, long containers, long jvm, long teardown) {
            EarlierReconciliation event = new EarlierReconciliation();
            event.processCpuTime = process;
            event.containerCpuTime = containers;
            event.vmCpuTime = jvm;
            event.teardownCpuTime = teardown;
            event.unattributedCpuTime = process - containers - jvm - teardown;
            event.commit();
        }
    }

    @Name("corral.Residency")
    @StackTrace(false)
    static final class Residency extends Event {
        String hierarchy = "main";
        String container;

        static Residency begin(String container) {
            Residency event = new Residency();
            event.container = container;
            event.begin();
            return event;
        }
    }

    @Name("corral.ThreadMember")
    @StackTrace(false)
    static final class Member extends Event {
        long javaThreadId;
        String hierarchy = "main";
        String container;

        static void commit(Thread thread, String container) {
            Member event = new Member();
            event.javaThreadId = thread.getId();
            event.container = container;
            event.commit();
        }
    }
}
