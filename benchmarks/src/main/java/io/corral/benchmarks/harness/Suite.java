package io.corral.benchmarks.harness;

import java.util.concurrent.Callable;

/** A subcommand: measures one kind of cost, on each JDK in turn. */
public abstract class Suite implements Callable<Integer> {

    private final SuiteOptions options;

    protected Suite(SuiteOptions options) {
        this.options = options;
    }

    @Override
    public final Integer call() throws Exception {
        Jars jars = options.jars();
        for (Jdk jdk : options.jdks()) {
            options.report().section(title(), jdk);
            run(jdk, jars);
        }
        return 0;
    }

    protected abstract String title();

    protected abstract void run(Jdk jdk, Jars jars) throws Exception;

    /** One of the two, depending on {@code --quick}. */
    protected final int quickOr(int quick, int full) {
        return options.isQuick() ? quick : full;
    }

    protected final Report report() {
        return options.report();
    }
}
