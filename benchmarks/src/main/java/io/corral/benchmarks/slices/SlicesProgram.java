package io.corral.benchmarks.slices;

import io.corral.benchmarks.Expectation;
import io.corral.benchmarks.SwitchAgent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * For each number on standard input, that many slices of the {@link Work} that is named are done; the nanoseconds it took are
 * printed. Ends with the input.
 */
public final class SlicesProgram {

    /** Of this the agent that switches the hooks has had its part, and answered. */
    private static final String SWITCHED_OFF = String.valueOf(SwitchAgent.OFF);

    private SlicesProgram() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Expectation.check();
        Work work = Work.valueOf(arguments[0]);
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals(SWITCHED_OFF) && System.in instanceof SwitchAgent) {
                continue;
            }
            int slices = Integer.parseInt(line);
            long begin = System.nanoTime();
            for (int i = 0; i < slices; i++) {
                work.run(work.timesOfSlice);
            }
            System.out.println(System.nanoTime() - begin);
        }
        // A pool's worker would keep the JVM.
        System.exit(0);
    }
}
