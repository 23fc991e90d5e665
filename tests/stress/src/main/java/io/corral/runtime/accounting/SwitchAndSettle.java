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
 * This test was seen to fail with a meter that publishes without a compare-and-set, and with a
 * reader that charges before it publishes.
 */
@JCStressTest
@Description("The owner switches while a reader settles.")
@Outcome(
        id = "EXACT, 10\\+10\\+10\\+7\\+0, 10\\+10\\+10\\+7\\+0",
        expect = ACCEPTABLE,
        desc = "each interval charged once, to the account the thread worked for")
@Outcome(
        id = "ADAPTIVE, sum 37, unused 0, 10\\+10\\+10\\+7\\+0",
        expect = ACCEPTABLE,
        desc = "all charged once, to accounts the thread worked for")
@Outcome(expect = FORBIDDEN, desc = "charged twice, not at all, or to another account")
@State
public class SwitchAndSettle extends MeterScene {

    @Actor
    public void owner() {
        enter(fourth);
        meter.work(7, 7);
        leave();
    }

    @Actor
    public void reader() {
        meter.settle(meter.cpuNanos());
    }

    @Arbiter
    public void end(LLL_Result result) {
        close(result);
    }
}
