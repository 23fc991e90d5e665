package io.corral.benchmarks.process;

import java.util.ArrayList;
import java.util.List;

/**
 * What a whole JVM is started with: compared with others that differ in this alone.
 *
 * @param isCorral whether Corral has to be active there
 */
record Setup(String title, List<String> flags, boolean isCorral) {

    private static final String RECORDING = "-XX:StartFlightRecording";

    Setup(String title, List<String> flags) {
        this(title, flags, false);
    }

    /** The same while a flight recording runs. */
    Setup recorded(String... settings) {
        List<String> all = new ArrayList<>(flags);
        StringBuilder start = new StringBuilder(RECORDING + ":settings=default");
        for (String more : settings) {
            start.append(",settings=").append(more);
        }
        all.add(start.toString());
        return new Setup(title + ", recorded", all, isCorral);
    }

    boolean isRecorded() {
        return flags.stream().anyMatch(flag -> flag.startsWith(RECORDING));
    }

    @Override
    public String toString() {
        return title;
    }
}
