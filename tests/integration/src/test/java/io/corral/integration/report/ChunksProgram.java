package io.corral.integration.report;

import io.corral.Containers;
import io.corral.Scope;

import jdk.jfr.FlightRecorder;

/** Records several chunks, and works in one container more in each. */
final class ChunksProgram {

    static final String FIRST = "first";
    static final String LAST = "last";

    private ChunksProgram() {}

    public static void main(String[] arguments) {
        for (String container : new String[] {FIRST, "second", LAST}) {
            try (Scope scope = Containers.at("/" + container).enter()) {
                // A snapshot ends the chunk.
                FlightRecorder.getFlightRecorder().takeSnapshot().close();
            }
        }
        System.out.println("recorded=true");
    }
}
