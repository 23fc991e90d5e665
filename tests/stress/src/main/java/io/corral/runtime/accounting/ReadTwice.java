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

/** This test was seen to fail with a reader that also charges a negative difference. */
@JCStressTest
@Description("A reader sums the charges twice while the owner switches. The clock advances "
        + "after each reading by the owner.")
@Outcome(
        id = "EXACT, never falls, all charged",
        expect = ACCEPTABLE,
        desc = "the later sum is not smaller")
@Outcome(
        id = "ADAPTIVE, never falls, all charged",
        expect = ACCEPTABLE,
        desc = "the later sum is not smaller")
@Outcome(expect = FORBIDDEN, desc = "the sum falls, or differs from the last reading in the end")
@State
public class ReadTwice extends MeterScene {

    private static final long PASSING = 3;

    private long earlier;
    private long later;

    public ReadTwice() {
        meter.advanceAfterReading(PASSING);
    }

    @Actor
    public void owner() {
        enter(fourth);
        meter.settleOwn();
        leave();
        meter.settleOwn();
    }

    @Actor
    public void reader() {
        meter.settle(meter.cpuNanos());
        earlier = cpuNanos();
        meter.settle(meter.cpuNanos());
        later = cpuNanos();
    }

    @Arbiter
    public void end(LLL_Result result) {
        meter.close();
        long lastReading = meter.cpuNanos() - PASSING;
        result.r1 = policy;
        result.r2 = earlier <= later ? "never falls" : earlier + " falls to " + later;
        result.r3 = cpuNanos() == lastReading && meter.chargedCpuNanos() == lastReading
                ? "all charged"
                : cpuNanos() + " charged of " + lastReading;
    }
}
