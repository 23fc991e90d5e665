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
 * Seen to fail with a {@code Meter} that looks at the slot which is not published. Without the
 * compare-and-set in {@code isStill} it was not seen to fail: the window is too narrow here.
 */
@JCStressTest
@Description(
        "A reader settles and looks at what was charged and for whom the thread works, again and again, while the owner switches.")
@Outcome(
        id = "EXACT, never falls, worked there",
        expect = ACCEPTABLE,
        desc = "what was looked at was published")
@Outcome(
        id = "ADAPTIVE, never falls, worked there",
        expect = ACCEPTABLE,
        desc = "what was looked at was published")
@Outcome(expect = FORBIDDEN, desc = "a look at a slot that was being written")
@State
public class LookAgain extends Scene {

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
            // What it brings the owner lets go of.
            meter.settle();
            between = meter.account();
            later = meter.chargedCpuNanos();
        }
    }

    @Arbiter
    public void end(LLL_Result result) {
        result.r1 = policy;
        result.r2 = earlier <= later ? "never falls" : earlier + " falls to " + later;
        result.r3 = between == first || between == third || between == fourth
                ? "worked there"
                : "never worked there";
    }
}
