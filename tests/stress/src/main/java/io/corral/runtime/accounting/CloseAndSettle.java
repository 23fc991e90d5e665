package io.corral.runtime.accounting;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/**
 * This test was seen to fail with a {@code close} that publishes a state without {@code CLOSED}.
 */
@JCStressTest
@Description("The owner closes while a reader settles. The clocks then advance, as if the "
        + "id were reused.")
@Outcome(
        id = "EXACT, true, 10\\+10\\+10\\+0\\+0, 10\\+10\\+10\\+0\\+0",
        expect = ACCEPTABLE,
        desc = "all charged once up to the end, and nothing after it")
@Outcome(
        id = "ADAPTIVE, true, sum 30, unused 0, 10\\+10\\+10\\+0\\+0",
        expect = ACCEPTABLE,
        desc = "all charged once up to the end, and nothing after it")
@Outcome(expect = FORBIDDEN, desc = "charged after the end, twice, or not at all")
@State
public class CloseAndSettle extends MeterScene {

    private boolean closed;

    @Actor
    public void owner() {
        closed = meter.close();
        meter.work(1_000, 1_000);
    }

    @Actor
    public void reader() {
        meter.settle(meter.cpuNanos());
    }

    @Arbiter
    public void end(LLLL_Result result) {
        meter.settle(meter.cpuNanos());
        result.r1 = policy;
        result.r2 = closed && meter.account() == null;
        result.r3 = cpuSplit();
        result.r4 = allocatedSplit();
    }
}
