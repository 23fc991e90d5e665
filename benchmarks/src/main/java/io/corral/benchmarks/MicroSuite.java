package io.corral.benchmarks;

import java.util.function.Consumer;
import org.openjdk.jmh.runner.RunnerException;

/** What is small: hooks and scopes, each beside its base in the same run. */
final class MicroSuite implements Suite {

    private final Jdk jdk;
    private final ScopeRows scopes;
    private final ThreadRows threads;

    MicroSuite(Jdk jdk, Jars jars, Effort effort, Consumer<Row> to) {
        Micro micro = new Micro(jdk, jars, effort);
        Rows rows = new Rows(jdk, to);
        this.jdk = jdk;
        this.scopes = new ScopeRows(micro, jdk, effort, rows);
        this.threads = new ThreadRows(micro, effort, rows);
    }

    @Override
    public void run() throws RunnerException {
        threads.platform();
        if (jdk.hasVirtualThreads()) {
            threads.virtual();
        }
        scopes.measure();
    }
}
