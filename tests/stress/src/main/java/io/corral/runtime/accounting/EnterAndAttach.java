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
 * This test was seen to fail with a meter that keeps the mark of a mover whose compare-and-set
 * failed.
 */
@JCStressTest
@Description("The owner enters a scope and works there while a mover changes the thread's home.")
@Outcome(
        id = "EXACT, true, 20\\+10\\+10\\+7\\+0, 20\\+10\\+10\\+7\\+0",
        expect = ACCEPTABLE,
        desc = "works in the scope, which is charged what it used")
@Outcome(
        id = "ADAPTIVE, true, sum 47, unused 0, 20\\+10\\+10\\+7\\+0",
        expect = ACCEPTABLE,
        desc = "works in the scope, which is charged what it used")
@Outcome(expect = FORBIDDEN, desc = "works elsewhere, or the scope's usage is charged elsewhere")
@State
public class EnterAndAttach extends MeterScene {

    @SuppressWarnings("this-escape") // jcstress makes the instances
    public EnterAndAttach() {
        workAtHome();
    }

    @Actor
    public void owner() {
        enter(fourth);
        meter.work(7, 7);
    }

    @Actor
    public void mover() {
        attach(second);
    }

    @Arbiter
    public void end(LLLL_Result result) {
        close(fourth, result);
    }
}
