package io.corral.integration.limits;

import io.corral.Containers;

/** Keeps each carrier busy from a container of its own, for as long as the JVM lives. */
final class FairNeighbourProgram {

    private static final int THREADS = 32;
    private static final long STAY_MICROS = 1_000;

    /** Not closed. */
    private static final Tenants NEIGHBOUR = new Tenants();

    private FairNeighbourProgram() {}

    public static void main(String[] arguments) {
        NEIGHBOUR.add(Containers.at("/neighbour"), THREADS, STAY_MICROS);
    }
}
