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

/** Seen to fail with a {@code Meter} whose mover does not charge what a resting thread has allocated. */
@JCStressTest
@Description("A mover moves a thread that rests, and the owner wakes, works, and enters a scope.")
@Outcome(
        id = "EXACT, true, 20\\+17\\+10\\+0\\+0, 20\\+17\\+10\\+0\\+0",
        expect = ACCEPTABLE,
        desc = "moved while it rested")
@Outcome(
        id = "EXACT, true, 27\\+10\\+10\\+0\\+0, 27\\+10\\+10\\+0\\+0",
        expect = ACCEPTABLE,
        desc = "moved after it had worked, or entered before")
@Outcome(
        id = "EXACT, true, 27\\+10\\+10\\+0\\+0, 20\\+17\\+10\\+0\\+0",
        expect = ACCEPTABLE,
        desc = "woke while it was moved: CPU time to the one side, bytes to the other")
@Outcome(
        id = "EXACT, true, 27\\+10\\+10\\+0\\+0, 20\\+10\\+17\\+0\\+0",
        expect = ACCEPTABLE,
        desc =
                "woke, and the mover led it into its scope: bytes of one stretch, split by an estimate")
@Outcome(
        id = "ADAPTIVE, true, sum 47, stranger 0, 20\\+10\\+17\\+0\\+0",
        expect = ACCEPTABLE,
        desc =
                "woke, and the mover led it into its scope: bytes of one stretch, split by an estimate")
@Outcome(
        id = "ADAPTIVE, true, sum 47, stranger 0, 20\\+17\\+10\\+0\\+0",
        expect = ACCEPTABLE,
        desc = "moved while it rested")
@Outcome(
        id = "ADAPTIVE, true, sum 47, stranger 0, 27\\+10\\+10\\+0\\+0",
        expect = ACCEPTABLE,
        desc = "moved after it had worked, or entered before")
@Outcome(
        expect = FORBIDDEN,
        desc = "bytes charged twice or not at all, or works elsewhere than in the scope")
@State
public class WakeAndMoveResting extends Scene {

    @SuppressWarnings("this-escape") // jcstress makes the instances, and a subclass of none
    public WakeAndMoveResting() {
        leave();
        meter.work(EACH, EACH);
    }

    @Actor
    public void owner() {
        meter.work(7, 7);
        enter(third);
    }

    @Actor
    public void mover() {
        place.home = second;
        meter.moveResting(place);
        meter.moveTo(place);
    }

    @Arbiter
    public void end(LLLL_Result result) {
        result.r2 = meter.account() == third;
        meter.close();
        result.r1 = policy;
        result.r3 = cpuSplit();
        result.r4 = allocatedSplit();
    }
}
