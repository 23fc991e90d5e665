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

/** This test was seen to fail with a mover that does not charge the bytes of a resting thread. */
@JCStressTest
@Description("A mover moves a resting thread while its owner wakes, works and enters a scope.")
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
        desc = "woke while it was moved: CPU time before the move, bytes after it")
@Outcome(
        id = "EXACT, true, 27\\+10\\+10\\+0\\+0, 20\\+10\\+17\\+0\\+0",
        expect = ACCEPTABLE,
        desc = "woke, and the mover moved it into its scope: bytes split by an estimate")
@Outcome(
        id = "ADAPTIVE, true, sum 47, unused 0, 20\\+10\\+17\\+0\\+0",
        expect = ACCEPTABLE,
        desc = "woke, and the mover moved it into its scope: bytes split by an estimate")
@Outcome(
        id = "ADAPTIVE, true, sum 47, unused 0, 20\\+17\\+10\\+0\\+0",
        expect = ACCEPTABLE,
        desc = "moved while it rested")
@Outcome(
        id = "ADAPTIVE, true, sum 47, unused 0, 27\\+10\\+10\\+0\\+0",
        expect = ACCEPTABLE,
        desc = "moved after it had worked, or entered before")
@Outcome(
        expect = FORBIDDEN,
        desc = "bytes charged twice or not at all, or works elsewhere than in the scope")
@State
public class WakeAndMoveResting extends MeterScene {

    /** A thread that is not runnable. */
    private static final Thread WAITS = new Thread();

    @SuppressWarnings("this-escape") // jcstress makes the instances
    public WakeAndMoveResting() {
        workAtHome();
    }

    @Actor
    public void owner() {
        meter.work(7, 7);
        enter(third);
    }

    @Actor
    public void mover() {
        source.home = second;
        meter.moveResting(source, WAITS);
        meter.moveTo(source);
    }

    @Arbiter
    public void end(LLLL_Result result) {
        close(third, result);
    }
}
