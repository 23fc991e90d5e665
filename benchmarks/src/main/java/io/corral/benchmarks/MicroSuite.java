package io.corral.benchmarks;

import java.io.IOException;
import java.util.function.Consumer;
import org.openjdk.jmh.runner.RunnerException;

/**
 * What is small: hooks and scopes, each beside its base in the same run. {@code CORRAL_BENCH_VIRTUAL=N} leaves out all but a
 * virtual thread's life and its turns within a container, which differ from JVM to JVM and need more of them, N of each setup;
 * {@code CORRAL_BENCH_SCOPES=N} all but scopes in another container, beside readings by hand, and in two. With both there are both.
 */
final class MicroSuite implements Suite {

    private final Jdk jdk;
    private final Effort effort;
    private final ScopeRows scopes;
    private final PlatformRows platform;
    private final VirtualRows virtual;

    /** JVMs of each setup where virtual threads alone are measured; else 0. */
    private final int virtualOnly;

    /** The same of scopes. */
    private final int scopesOnly;

    MicroSuite(Jdk jdk, Jars jars, Effort effort, Consumer<Row> to) {
        Micro micro = new Micro(jdk, jars, effort);
        Rows rows = new Rows(jdk, to);
        this.jdk = jdk;
        this.effort = effort;
        this.scopes = new ScopeRows(micro, jdk, effort, rows);
        InTurns inTurns = new InTurns(jdk, jars, effort);
        this.platform = new PlatformRows(inTurns, effort.forks, rows);
        this.virtualOnly = Setting.of(System.getenv(), "CORRAL_BENCH_VIRTUAL", 0);
        this.scopesOnly = Setting.of(System.getenv(), "CORRAL_BENCH_SCOPES", 0);
        int forks = virtualOnly == 0 ? effort.forks : virtualOnly;
        this.virtual = new VirtualRows(micro, inTurns, forks, rows);
    }

    @Override
    public void run() throws IOException, RunnerException {
        if (virtualOnly > 0 && jdk.hasVirtualThreads()) {
            virtual.measureWithin();
        }
        if (scopesOnly > 0) {
            scopes.measureAnother(scopesOnly);
            scopes.measureTwo(scopesOnly);
        }
        if (virtualOnly > 0 || scopesOnly > 0) {
            return;
        }
        platform.measure();
        if (effort.isEssential()) {
            if (jdk.hasVirtualThreads()) {
                virtual.measureLifeAndYield();
            }
            scopes.measureAnother(effort.forks);
            return;
        }
        if (jdk.hasVirtualThreads()) {
            virtual.measureWithin();
            virtual.measureBetween();
        }
        scopes.measure();
    }
}
