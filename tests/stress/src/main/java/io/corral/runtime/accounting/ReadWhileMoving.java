package io.corral.runtime.accounting;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * This test was seen to fail with a phaser whose reader does not wait for the move, with one whose
 * mover does not look for a new phase, and with a reader that begins the phase before it reads the
 * exits.
 */
@JCStressTest
@Description("A thread is forked in one account, moved to another and back, and ends, while "
        + "a reader sums the live threads of both.")
@Outcome(id = "not yet", expect = ACCEPTABLE, desc = "before the fork")
@Outcome(id = "in the first", expect = ACCEPTABLE, desc = "before the first move, or after both")
@Outcome(id = "in the second", expect = ACCEPTABLE, desc = "between the moves")
@Outcome(id = "ended", expect = ACCEPTABLE, desc = "after the end")
@Outcome(expect = FORBIDDEN, desc = "the thread is in both accounts, in none, or less")
@State
public class ReadWhileMoving {

    private final MovePhaser moves = new MovePhaser();
    private final AccountTotals first = new AccountTotals();
    private final AccountTotals second = new AccountTotals();

    public ReadWhileMoving() {
        first.prepareMove();
        second.prepareMove();
    }

    @Actor
    public void thread() {
        first.countFork(true);
        move(first, second);
        move(second, first);
        first.countExit(true);
    }

    @Actor
    public void reader(L_Result result) {
        long exits = first.virtualExits();
        long exitsOfSecond = second.virtualExits();
        long phase = moves.beginPhase();
        long moved = first.virtualArrivals(phase);
        long inSecond = second.virtualArrivals(phase) + second.virtualForks() - exitsOfSecond;
        long forks = first.virtualForks();
        result.r1 = place(forks + moved - exits, inSecond, forks, exits);
    }

    private void move(AccountTotals left, AccountTotals home) {
        long phase = moves.beginMove();
        left.countMove(phase, true, -1);
        home.countMove(phase, true, 1);
        moves.endMove();
    }

    private static String place(long inFirst, long inSecond, long forks, long exits) {
        if (inFirst == 1 && inSecond == 0) {
            return "in the first";
        }
        if (inFirst == 0 && inSecond == 1) {
            return "in the second";
        }
        return inFirst == 0 && inSecond == 0
                ? (forks == 0 ? "not yet" : exits == 1 ? "ended" : "in none")
                : inFirst + " in the first, " + inSecond + " in the second";
    }
}
