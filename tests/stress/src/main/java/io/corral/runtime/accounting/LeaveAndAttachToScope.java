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

/** This test was seen to fail with a mover that does not confirm an account that stays. */
@JCStressTest
@Description("The owner leaves a scope while a mover makes the scope's account its home.")
@Outcome(
        id = "EXACT, true, 10\\+10\\+10\\+0\\+0, 10\\+10\\+10\\+0\\+0",
        expect = ACCEPTABLE,
        desc = "works at the new home; the scope is charged what it used")
@Outcome(
        id = "ADAPTIVE, true, sum 30, unused 0, 10\\+10\\+10\\+0\\+0",
        expect = ACCEPTABLE,
        desc = "works at the new home; the scope is charged what it used")
@Outcome(
        expect = FORBIDDEN,
        desc = "works at the old home, or the scope's usage is charged elsewhere")
@State
public class LeaveAndAttachToScope extends MeterScene {

    @Actor
    public void owner() {
        leave();
    }

    @Actor
    public void mover() {
        attach(third);
    }

    @Arbiter
    public void end(LLLL_Result result) {
        close(third, result);
    }
}
