package io.corral.examples.load;

import org.jspecify.annotations.Nullable;

/**
 * Loads the service on this machine for some seconds: {@code LoadGenerator PORT SECONDS}. Prints
 * {@code tick} each second and at the end {@code done}, the number of requests and the milliseconds
 * they took; or {@code failed} and why, and exits with 1.
 */
public final class LoadGenerator {

    private LoadGenerator() {}

    public static void main(String[] arguments) throws InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        Load load = new Load(port);
        long begin = System.nanoTime();
        load.start();
        for (int i = 0; i < seconds && load.errors() == 0; i++) {
            Thread.sleep(1_000);
            System.out.println("tick");
        }
        load.stop();
        long millis = (System.nanoTime() - begin) / 1_000_000;
        @Nullable String error = load.firstError();
        if (error != null) {
            System.out.println("failed " + error);
            System.exit(1);
        }
        System.out.println("done " + load.answered() + " " + millis);
    }
}
