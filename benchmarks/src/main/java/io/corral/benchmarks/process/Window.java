package io.corral.benchmarks.process;

/**
 * What a service did in a stretch of full load.
 *
 * @param cpuMicros CPU time of its process for one request, without the JVM's compiler threads
 * @param compilerMicros what those used besides, for one request
 */
record Window(
        double cpuMicros, double compilerMicros, double requestsPerSecond, double p99Millis) {}
