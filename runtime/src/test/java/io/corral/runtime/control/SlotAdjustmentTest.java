package io.corral.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.runtime.runqueue.RunQueue;
import io.corral.runtime.thread.VirtualMember;
import org.junit.jupiter.api.Test;

class SlotAdjustmentTest {

    private final RunQueue queue = new RunQueue(0);
    private final ThreadShare share = new ThreadShare();

    private int starvedTicksAfter(boolean areCpusBusy) {
        SlotAdjustment.look(queue, share, areCpusBusy, false);
        return share.starvedTicks;
    }

    @Test
    void readyThreadsWithoutASlotStarveWhileACpuIsIdle() {
        queue.add(new VirtualMember(() -> {}), false);
        assertThat(starvedTicksAfter(false)).isEqualTo(1);
        assertThat(starvedTicksAfter(false)).isEqualTo(2);
    }

    /** Other containers may have their turn first. */
    @Test
    void readyThreadsWithoutASlotDoNotStarveWhileTheCpusAreBusy() {
        queue.add(new VirtualMember(() -> {}), false);
        assertThat(starvedTicksAfter(false)).isEqualTo(1);
        assertThat(starvedTicksAfter(true)).isZero();
    }

    @Test
    void readyThreadsWithASlotStarveAlsoWhileTheCpusAreBusy() {
        queue.add(new VirtualMember(() -> {}), false);
        queue.slots(1);
        assertThat(starvedTicksAfter(true)).isEqualTo(1);
    }

    /** Without queues they would keep all carriers as well. */
    @Test
    void ticksInWhichRunsOfOthersKeepAllCarriersDoNotCount() {
        queue.add(new VirtualMember(() -> {}), false);
        queue.slots(1);
        assertThat(starvedTicksAfter(true)).isEqualTo(1);
        SlotAdjustment.look(queue, share, true, true);
        assertThat(share.starvedTicks).isEqualTo(1);
        assertThat(starvedTicksAfter(true)).isEqualTo(2);
    }

    @Test
    void emptyQueueDoesNotStarve() {
        assertThat(starvedTicksAfter(false)).isZero();
    }
}
