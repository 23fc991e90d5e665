package io.corral.benchmarks.harness;

import java.io.IOException;
import java.util.List;

/** What the command line asks of every suite. */
public interface SuiteOptions {

    /** Whether fewer and shorter runs are asked for. */
    boolean isQuick();

    List<Jdk> jdks();

    Jars jars() throws IOException;

    Report report();
}
