package io.corral.benchmarks;

import java.io.IOException;
import java.util.function.Consumer;
import org.openjdk.jmh.runner.RunnerException;

/** What is small: hooks and scopes, each beside its base in the same run. */
final class MicroSuite implements Suite {

    private final Jdk jdk;
    private final ScopeRows scopes;
    private final PlatformRows platform;
    private final VirtualRows virtual;

    MicroSuite(Jdk jdk, Jars jars, Effort effort, Consumer<Row> to) {
        Micro micro = new Micro(jdk, jars, effort);
        Rows rows = new Rows(jdk, to);
        this.jdk = jdk;
        this.scopes = new ScopeRows(micro, jdk, effort, rows);
        this.platform = new PlatformRows(jdk, jars, effort, rows);
        this.virtual = new VirtualRows(micro, effort, rows);
    }

    @Override
    public void run() throws IOException, RunnerException {
        platform.measure();
        if (jdk.hasVirtualThreads()) {
            virtual.measure();
        }
        scopes.measure();
    }
}
