package io.corral.runtime.accounting;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** Seen to fail with a {@code Meter} whose {@code settleOwnAllocated} publishes an older CPU time. */
@JCStressTest
@Description("The owner charges what it has allocated while a reader settles CPU time.")
@Outcome(
        id = "EXACT, 10\\+10\\+17\\+0\\+0, 10\\+10\\+17\\+0\\+0",
        expect = ACCEPTABLE,
        desc = "both are charged once")
@Outcome(
        id = "ADAPTIVE, sum 37, stranger 0, 10\\+10\\+17\\+0\\+0",
        expect = ACCEPTABLE,
        desc = "both are charged once")
@Outcome(expect = FORBIDDEN, desc = "one has undone what the other did")
@State
public class SettleOwnAllocated extends Scene {

    @Actor
    public void owner() {
        meter.settleOwnAllocated();
        meter.work(7, 7);
        meter.settleOwnAllocated();
    }

    @Actor
    public void reader() {
        meter.settle();
    }

    @Arbiter
    public void end(LLL_Result result) {
        meter.close();
        result.r1 = policy;
        result.r2 = cpuSplit();
        result.r3 = allocatedSplit();
    }
}
