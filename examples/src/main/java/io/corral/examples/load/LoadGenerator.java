package io.corral.examples.load;

import org.jspecify.annotations.Nullable;

/**
 * Sends requests to the service on this machine: {@code LoadGenerator PORT seconds N} for N
 * seconds, {@code LoadGenerator PORT requests N} at least N requests, rounded up to whole rounds of
 * the {@link Plan}. Prints {@code tick} each second. At the end it prints {@code done}, the number
 * of requests and the milliseconds that they took; or it prints {@code failed} and the reason, and
 * exits with 1.
 */
public final class LoadGenerator {

    private static final int TICK_MILLIS = 1_000;

    private LoadGenerator() {}

    public static void main(String[] arguments) throws InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        long amount = Long.parseLong(arguments[2]);
        boolean isTimed = arguments[1].equals("seconds");
        Load load = isTimed
                ? new Load(port)
                : Load.ofRounds(Load.client(), port, Plan.roundsOf(amount));
        long begin = System.nanoTime();
        load.start();
        for (long second = 1; !load.ended(TICK_MILLIS); second++) {
            System.out.println("tick");
            if (isTimed && second == amount) {
                load.stop();
            }
        }
        long millis = (System.nanoTime() - begin) / 1_000_000;
        @Nullable String error = load.firstError();
        if (error != null) {
            System.out.println("failed " + error);
            System.exit(1);
        }
        System.out.println("done " + load.answered() + " " + millis);
    }
}
