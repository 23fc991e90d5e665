package io.corral.integration.report;

import io.corral.Containers;
import io.corral.Scope;

/**
 * A fixed amount of work in two tenants, in so many requests as the first argument says. With a
 * second one, {@code regression}, one method of one tenant does one and a half times its work.
 */
final class RegressionProgram {

    static final String REGRESSION = "regression";

    private static final int STEPS = 400_000;

    /** So large that what the start of the JVM allocates is a small part. */
    private static final int ARRAY = 400_000;

    private static volatile long result;
    private static volatile Object kept;

    private RegressionProgram() {}

    public static void main(String[] arguments) {
        int requests = Integer.parseInt(arguments[0]);
        boolean isRegression = arguments.length > 1 && arguments[1].equals(REGRESSION);
        // Compiled before, so that the requests are of about the same length.
        for (int i = 0; i < 100; i++) {
            burn(STEPS);
        }
        for (int i = 0; i < requests; i++) {
            try (Scope scope = Containers.at("/tenants/acme").enter()) {
                parse();
                price(isRegression);
            }
            try (Scope scope = Containers.at("/tenants/globex").enter()) {
                parse();
            }
        }
        System.out.println("done=" + (result != 0 && kept != null));
    }

    private static void parse() {
        kept = new byte[ARRAY];
        burn(STEPS);
    }

    /** The method that the regression is in. */
    private static void price(boolean isRegression) {
        burn(isRegression ? 6 * STEPS : 4 * STEPS);
    }

    private static void burn(int steps) {
        long value = result | 1;
        for (int i = 0; i < steps; i++) {
            value ^= value << 13;
            value ^= value >>> 7;
            value ^= value << 17;
        }
        result = value;
    }
}
