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

/**
 * This test was seen to fail with a reader that reads a slot which is not published. It was not
 * seen to fail without the compare-and-set in {@code isUnchanged}: that window is too short here.
 */
@JCStressTest
@Description("A reader settles, and reads the charges and the account, again and again, "
        + "while the owner switches.")
@Outcome(
        id = "EXACT, never falls, one of its accounts",
        expect = ACCEPTABLE,
        desc = "each value read was published")
@Outcome(
        id = "ADAPTIVE, never falls, one of its accounts",
        expect = ACCEPTABLE,
        desc = "each value read was published")
@Outcome(expect = FORBIDDEN, desc = "a value read from a slot that was being written")
@State
public class ReadWhileSwitching extends MeterScene {

    private long earlier;
    private long later;
    private Account between;

    @Actor
    public void owner() {
        for (int i = 0; i < 10; i++) {
            meter.work(1, 1);
            enter(fourth);
            meter.work(1, 1);
            leave();
        }
    }

    @Actor
    public void reader() {
        for (int i = 0; i < 20 && earlier <= later; i++) {
            earlier = later;
            meter.settle(meter.cpuNanos());
            between = meter.account();
            later = meter.chargedCpuNanos();
        }
    }

    @Arbiter
    public void end(LLL_Result result) {
        result.r1 = policy;
        result.r2 = earlier <= later ? "never falls" : earlier + " falls to " + later;
        result.r3 = between == first || between == third || between == fourth
                ? "one of its accounts"
                : "a foreign account";
    }
}
