package io.corral.benchmarks.accuracy;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Lives in a container, and works one unit each time its turn comes; see {@link Pacer}. */
final class PacedWorker extends Worker {

    private final Part part;
    private final AtomicInteger turn;
    private final int me;

    /** @param turn whose it is; given back after the unit */
    PacedWorker(
            Part part,
            int me,
            AtomicInteger turn,
            Ledgers ledgers,
            Gates gates,
            SplittableRandom random) {
        super(me, ledgers, new AtomicLong(), gates, random);
        this.part = part;
        this.turn = turn;
        this.me = me;
    }

    @Override
    void work() {
        while (true) {
            int now = turn.get();
            if (now == Pacer.OVER) {
                return;
            }
            if (now == me) {
                use(part.next(random));
                turn.set(Pacer.NOBODY);
            }
            LockSupport.park();
            worksFor(home());
        }
    }
}
