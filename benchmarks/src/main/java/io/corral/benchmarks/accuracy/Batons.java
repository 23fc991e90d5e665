package io.corral.benchmarks.accuracy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Which of many threads may work: who has done a unit wakes another one, of a part by chance, and
 * rests. So the demand is what the mix says, which a scheduler that isn't fair would not heed, and
 * carriers go from container to container.
 */
final class Batons {

    private static final int RESTS = 0;
    private static final int WORKS = 1;

    private final Mix mix;
    private final int count;
    private final List<Thread> threads;
    private final AtomicIntegerArray states;
    private volatile boolean over;

    /**
     * @param count how many work at a time; each part has as many threads, so that one of them rests
     * @param threads in the order of parts, complete before anyone works
     */
    Batons(Mix mix, int count, List<Thread> threads) {
        this.mix = mix;
        this.count = count;
        this.threads = threads;
        this.states = new AtomicIntegerArray(count * mix.parts.size());
        for (int i = 0; i < count; i++) {
            states.set(i, WORKS);
        }
    }

    int count() {
        return count;
    }

    /** @return false if there is no more work */
    boolean await(int me) {
        while (!over && states.get(me) == RESTS) {
            LockSupport.park();
        }
        return !over;
    }

    void passOn(int me, SplittableRandom random) {
        states.set(me, RESTS);
        int next = take(mix.next(random), random.nextInt(count));
        if (next != me) {
            LockSupport.unpark(threads.get(next));
        }
    }

    private int take(int part, int from) {
        for (int i = from; ; i++) {
            int thread = part * count + i % count;
            if (states.get(thread) == RESTS && states.compareAndSet(thread, RESTS, WORKS)) {
                return thread;
            }
        }
    }

    void end() {
        over = true;
        threads.forEach(LockSupport::unpark);
    }
}
