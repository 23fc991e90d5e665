package io.corral.runtime.accounting;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** This test was seen to fail with a reader that does not wait for charges. */
@JCStressTest
@Description("A reader settles and sums the charges while the owner switches and closes.")
@Outcome(
        id = "EXACT, all of it",
        expect = ACCEPTABLE,
        desc = "all CPU time used before the reading")
@Outcome(
        id = "ADAPTIVE, all of it",
        expect = ACCEPTABLE,
        desc = "all CPU time used before the reading")
@Outcome(expect = FORBIDDEN, desc = "a published interval is not charged yet")
@State
public class SettleAndSum extends MeterScene {

    private long used;
    private long charged;

    @Actor
    public void owner() {
        enter(fourth);
        meter.work(7, 7);
        leave();
        meter.close();
    }

    @Actor
    public void reader() {
        used = meter.cpuNanos();
        meter.settle(meter.cpuNanos());
        charged = cpuNanos();
    }

    @Arbiter
    public void end(LL_Result result) {
        result.r1 = policy;
        result.r2 = charged >= used ? "all of it" : charged + " of " + used;
    }
}
