package io.corral.benchmarks.process;

import java.io.IOException;

/** Warms what is switched in both states by turns, so that what is compiled has seen both. */
interface WarmUp {

    /** Rounds between two switches. */
    int STEP = 10;

    /** @param state 0 or 1 */
    void inState(int state, int rounds) throws IOException, InterruptedException;

    default void byTurns(int rounds) throws IOException, InterruptedException {
        byTurns(rounds, STEP);
    }

    /** @param step rounds between two switches */
    default void byTurns(int rounds, int step) throws IOException, InterruptedException {
        for (int done = 0; done < rounds; done += step) {
            inState(done / step % 2, Math.min(step, rounds - done));
        }
    }
}
