package io.corral.benchmarks.process;

import java.util.ArrayList;
import java.util.List;

/**
 * What a whole JVM is started with: compared with others that differ in this alone.
 *
 * @param isCorral whether Corral has to be active there
 * @param arguments of the program, behind those that all have
 */
record Setup(String title, List<String> flags, boolean isCorral, List<String> arguments) {

    private static final String RECORDING = "-XX:StartFlightRecording";

    Setup(String title, List<String> flags) {
        this(title, flags, false);
    }

    Setup(String title, List<String> flags, boolean isCorral) {
        this(title, flags, isCorral, List.of());
    }

    /** The same while a flight recording runs. */
    Setup recorded(String... settings) {
        List<String> all = new ArrayList<>(flags);
        StringBuilder start = new StringBuilder(RECORDING + ":settings=default");
        for (String more : settings) {
            start.append(",settings=").append(more);
        }
        all.add(start.toString());
        return with("recorded", all);
    }

    /** The same program with other flags. */
    Setup with(String what, List<String> others) {
        return new Setup(title + ", " + what, others, isCorral, arguments);
    }

    boolean isRecorded() {
        return flags.stream().anyMatch(flag -> flag.startsWith(RECORDING));
    }

    @Override
    public String toString() {
        return title;
    }
}
