package io.corral.integration.recording;

import io.corral.integration.support.Waits;

import jdk.jfr.Recording;

/** Prints whether a recording still has the usage of containers off that the application wants. */
final class DisabledUsageProgram {

    private static final String USAGE = "corral.ContainerUsage";

    private DisabledUsageProgram() {}

    public static void main(String[] arguments) {
        try (Recording without = new Recording();
                Recording later = new Recording()) {
            without.disable(USAGE);
            without.start();
            later.start();
            // The agent completes recordings in the order of their starts.
            Waits.until(() -> later.getSettings().containsKey(USAGE + "#period"));
            System.out.println("enabled=" + without.getSettings().get(USAGE + "#enabled"));
        }
        System.exit(0);
    }
}
