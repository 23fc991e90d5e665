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

/** This test was seen to fail with a reader that charges before it publishes. */
@JCStressTest
@Description("Two readers settle twice each while the clock advances.")
@Outcome(
        id = "EXACT, 10\\+10\\+17\\+0\\+0, 10\\+10\\+17\\+0\\+0",
        expect = ACCEPTABLE,
        desc = "each interval charged once")
@Outcome(
        id = "ADAPTIVE, sum 37, unused 0, 10\\+10\\+17\\+0\\+0",
        expect = ACCEPTABLE,
        desc = "all charged once")
@Outcome(expect = FORBIDDEN, desc = "charged twice or not at all")
@State
public class TwoReaders extends MeterScene {

    @Actor
    public void reader() {
        meter.settle(meter.cpuNanos());
        meter.settle(meter.cpuNanos());
    }

    @Actor
    public void another() {
        meter.settle(meter.cpuNanos());
        meter.work(7, 7);
        meter.settle(meter.cpuNanos());
    }

    @Arbiter
    public void end(LLL_Result result) {
        close(result);
    }
}
