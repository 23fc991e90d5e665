package io.corral.benchmarks.accuracy;

import io.corral.Container;
import io.corral.Scope;
import io.corral.benchmarks.accuracy.Part.Unit;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Opens a scope around each unit. */
final class ScopeWorker extends Worker {

    private final Mix mix;
    private final List<Container> containers;
    private final boolean yields;

    /**
     * @param containers of the mix's parts, and then the home
     * @param yields whether it lets others onto its carrier within a scope
     */
    ScopeWorker(
            Mix mix,
            List<Container> containers,
            boolean yields,
            Ledgers ledgers,
            AtomicLong units,
            Gates gates,
            SplittableRandom random) {
        super(containers.size() - 1, ledgers, units, gates, random);
        this.mix = mix;
        this.containers = containers;
        this.yields = yields;
    }

    /** A unit is a method of its own: compiled once and for all, where a loop would be anew in each run. */
    @Override
    void work() {
        while (takeUnit()) {
            oneUnit();
        }
    }

    /** A virtual thread's yield is an unmount: what is measured, and nothing relies on. */
    @SuppressWarnings("ThreadPriorityCheck")
    private void oneUnit() {
        int index = mix.next(random);
        Unit unit = mix.parts.get(index).next(random);
        Container container = containers.get(index);
        long before = Ledgers.ownCpuNanos();
        Scope scope = container.enter();
        worksFor(index, before);
        use(unit);
        if (yields) {
            if (unit.blockedMicros() == 0) {
                Thread.yield();
            }
            worksFor(index);
        }
        before = Ledgers.ownCpuNanos();
        scope.close();
        worksFor(home(), before);
    }
}
