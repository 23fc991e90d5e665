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
 * Seen to fail with a {@code Meter} whose reader charges a difference whatever its sign; an account
 * must let it.
 */
@JCStressTest
@Description(
        "A reader sums what is charged, twice, while the owner switches. The clock goes on at each reading of the owner's.")
@Outcome(
        id = "EXACT, never falls, all charged",
        expect = ACCEPTABLE,
        desc = "the later sum is not smaller")
@Outcome(
        id = "ADAPTIVE, never falls, all charged",
        expect = ACCEPTABLE,
        desc = "the later sum is not smaller")
@Outcome(expect = FORBIDDEN, desc = "the sum falls, or is not the last reading in the end")
@State
public class ReadTwice extends Scene {

    private static final long PASSING = 3;

    private long earlier;
    private long later;

    public ReadTwice() {
        meter.passesAfterReading(PASSING);
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
        meter.settle();
        earlier = cpuNanos();
        meter.settle();
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
