package io.corral.benchmarks;

import java.io.IOException;
import java.util.function.Consumer;
import org.openjdk.jmh.runner.RunnerException;

/**
 * What is small: hooks and scopes, each beside its base in the same run. Each of four variables leaves out all but its own figures, N
 * JVMs of each setup; several of them have theirs together: {@code CORRAL_BENCH_VIRTUAL=N} a virtual thread's life and its turns
 * within a container, which differ from JVM to JVM and need more of them; {@code CORRAL_BENCH_SCOPES=N} scopes in another container,
 * beside readings by hand, and in two; {@code CORRAL_BENCH_COLD=N} scopes between much other work; {@code CORRAL_BENCH_RULES=N} requests that rules take.
 */
final class MicroSuite implements Suite {

    private final Jdk jdk;
    private final Effort effort;
    private final ScopeRows scopes;
    private final PlatformRows platform;
    private final VirtualRows virtual;
    private final ColdRows cold;
    private final RuleRows rules;

    /** JVMs of each setup where virtual threads alone are measured; else 0. */
    private final int virtualOnly;

    /** The same of scopes. */
    private final int scopesOnly;

    /** The same of scopes where caches are cold. */
    private final int coldOnly;

    /** The same of requests that rules take. */
    private final int rulesOnly;

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
        this.coldOnly = Setting.of(System.getenv(), "CORRAL_BENCH_COLD", 0);
        this.rulesOnly = Setting.of(System.getenv(), "CORRAL_BENCH_RULES", 0);
        int forks = virtualOnly == 0 ? effort.forks : virtualOnly;
        this.virtual = new VirtualRows(micro, inTurns, forks, rows);
        this.cold = new ColdRows(jdk, jars, rows);
        this.rules = new RuleRows(micro, jdk, jars, rows);
    }

    @Override
    public void run() throws IOException, InterruptedException, RunnerException {
        if (virtualOnly > 0 && jdk.hasVirtualThreads()) {
            virtual.measureWithin();
        }
        if (scopesOnly > 0) {
            scopes.measureAnother(scopesOnly);
            scopes.measureTwo(scopesOnly);
        }
        if (coldOnly > 0) {
            cold.measure(coldOnly);
        }
        if (rulesOnly > 0) {
            rules.measure(rulesOnly);
        }
        if (virtualOnly > 0 || scopesOnly > 0 || coldOnly > 0 || rulesOnly > 0) {
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
        cold.measure(effort.forks);
        rules.measure(effort.forks);
    }
}
