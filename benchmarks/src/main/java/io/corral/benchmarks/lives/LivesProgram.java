package io.corral.benchmarks.lives;

import io.corral.benchmarks.Expectation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * For each number on standard input, that many platform threads are started and waited for, one after
 * the other; the nanoseconds it took are printed. Ends with the input.
 */
public final class LivesProgram {

    private LivesProgram() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Expectation.check();
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(live(Integer.parseInt(line)));
        }
    }

    private static long live(int threads) throws InterruptedException {
        long begin = System.nanoTime();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> {});
            thread.start();
            thread.join();
        }
        return System.nanoTime() - begin;
    }
}
