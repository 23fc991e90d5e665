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

/** Seen to fail with a {@code Meter} whose owner does not confirm where it is. */
@JCStressTest
@Description(
        "The owner enters the account it works for at home, while a mover gives the thread another home.")
@Outcome(
        id = "EXACT, true, 27\\+10\\+10\\+0\\+0, 27\\+10\\+10\\+0\\+0",
        expect = ACCEPTABLE,
        desc = "works in the scope, and what it used there is the scope's")
@Outcome(
        id = "ADAPTIVE, true, sum 47, stranger 0, 27\\+10\\+10\\+0\\+0",
        expect = ACCEPTABLE,
        desc = "works in the scope, and what it allocated there is the scope's")
@Outcome(
        expect = FORBIDDEN,
        desc = "works elsewhere than in the scope, or the scope's usage is another's")
@State
public class EnterHomeAndAttach extends Scene {

    @SuppressWarnings("this-escape") // jcstress makes the instances, and a subclass of none
    public EnterHomeAndAttach() {
        leave();
        meter.work(EACH, EACH);
    }

    @Actor
    public void owner() {
        enter(first);
        meter.work(7, 7);
    }

    @Actor
    public void mover() {
        attach(second);
    }

    @Arbiter
    public void end(LLLL_Result result) {
        result.r2 = meter.account() == first;
        meter.close();
        result.r1 = policy;
        result.r3 = cpuSplit();
        result.r4 = allocatedSplit();
    }
}
