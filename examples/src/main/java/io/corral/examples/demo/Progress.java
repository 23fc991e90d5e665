package io.corral.examples.demo;

import io.corral.examples.load.Load;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The lines of progress that the demo prints before its tables. */
final class Progress {

    private static final int TICK_MILLIS = 1_000;

    private Progress() {}

    /** Begins a line of progress. The caller completes it. */
    static void begin(String what) {
        System.out.printf("%-11s", what);
        System.out.flush();
    }

    /**
     * Sends requests, with a dot for each second.
     *
     * @param rounds the number of rounds, or 0 for a duration
     * @param top a process that has the terminal meanwhile; it is ended
     */
    static void load(String what, int port, long rounds, int seconds, @Nullable Process top)
            throws IOException, InterruptedException {
        begin(what);
        Load load = new Load(Load.client(), port, rounds);
        long begin = System.nanoTime();
        load.start();
        for (int second = 1; !load.ended(TICK_MILLIS); second++) {
            if (top == null || !top.isAlive()) {
                System.out.print('.');
                System.out.flush();
            }
            if (rounds == 0 && second == seconds) {
                load.stop();
            }
        }
        long millis = (System.nanoTime() - begin) / 1_000_000;
        if (top != null) {
            // Until its end, top has the terminal.
            top.destroy();
            top.waitFor();
        }
        if (load.firstError() != null) {
            throw new IOException("a request failed: " + load.firstError());
        }
        System.out.printf(
                Locale.ROOT,
                " %,d requests, %,d a second, 0 errors%n",
                load.answered(),
                load.answered() * 1_000 / millis);
    }
}
