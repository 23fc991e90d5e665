package io.corral.benchmarks.accuracy;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Lives in a container, and makes way for another thread after each unit. */
final class MemberWorker extends Worker {

    private final Part part;
    private final Batons batons;
    private final int me;

    MemberWorker(
            Part part,
            int index,
            int me,
            Batons batons,
            Ledgers ledgers,
            AtomicLong units,
            Gates gates,
            SplittableRandom random) {
        super(index, ledgers, units, gates, random);
        this.part = part;
        this.me = me;
        this.batons = batons;
    }

    /** A unit is a method of its own, as {@link ScopeWorker}'s is. */
    @Override
    void work() {
        while (batons.await(me)) {
            if (!oneUnit()) {
                batons.end();
                return;
            }
        }
    }

    private boolean oneUnit() {
        worksFor(home());
        if (!takeUnit()) {
            return false;
        }
        use(part.next(random));
        worksFor(home());
        batons.passOn(me, random);
        return true;
    }
}
