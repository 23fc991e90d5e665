package io.corral.runtime.thread;

import io.corral.runtime.accounting.JvmClocks;
import io.corral.runtime.accounting.Meter;

import java.util.ArrayList;
import java.util.List;

/**
 * The platform threads whose meters one reading reads: all, or those that do not rest. To read a
 * thread's CPU clock takes 1 to 4 us, so thousands of threads that wait would cost more than all
 * other parts of a reading.
 */
public final class MeterReading {

    private final List<PlatformMember> members = new ArrayList<>();
    private final List<PlatformMember> resting = new ArrayList<>();

    /** Finds the threads. */
    public MeterReading() {
        MemberTable.LIVE.forEach(member -> (member.rests() ? resting : members).add(member));
    }

    /** How many threads rest. */
    public int resting() {
        return resting.size();
    }

    /**
     * Charges what each thread that does not rest has used up to now: the calling thread as the
     * owner of its meter, the others as a reader.
     *
     * @param alone whether no other reader can be here at the same time
     */
    public void settle(boolean alone) {
        settle(members, alone);
    }

    /** The same for the threads that rest. Some of them may have run. */
    public void settleResting(boolean alone) {
        settle(resting, alone);
    }

    private static void settle(List<PlatformMember> members, boolean alone) {
        Thread thread = Thread.currentThread();
        VirtualMember virtual = Members.virtual(thread);
        PlatformMember own = virtual != null ? virtual.carrier() : Members.ofPlatform(thread);
        long[] ids = new long[members.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = members.get(i).threadId();
        }
        long[] cpuNanos = JvmClocks.cpuNanos(ids);
        for (int i = 0; i < ids.length; i++) {
            PlatformMember member = members.get(i);
            if (member == own) {
                member.meter().settleAsOwner();
            } else if (alone) {
                member.settle(cpuNanos[i]);
            } else {
                member.meter().settle(cpuNanos[i]);
            }
            if (cpuNanos[i] < 0) {
                Adoption.unlinkIfTerminated(member);
            }
        }
    }

    /**
     * Estimates what each running thread has allocated since its last switch. A thread that rests
     * has charged that.
     */
    public void forEachRunning(Meter.Running action) {
        forEachRunning(members, action);
        forEachRunning(resting, action);
    }

    private static void forEachRunning(List<PlatformMember> members, Meter.Running action) {
        for (PlatformMember member : members) {
            if (!member.rests()) {
                member.meter().forEachRunning(action);
            }
        }
    }
}
