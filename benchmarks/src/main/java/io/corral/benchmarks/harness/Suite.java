package io.corral.benchmarks.harness;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** A subcommand: measures one kind of cost, on each JDK in turn. */
public abstract class Suite implements Callable<Integer> {

    private final SuiteOptions options;
    private final Report report = new Report(System.out);

    protected Suite(SuiteOptions options) {
        this.options = options;
    }

    @Override
    public final Integer call() throws Exception {
        Jars jars = new Jars(options.agent.toAbsolutePath(), options.examples.toAbsolutePath());
        for (Jdk jdk : options.jdks()) {
            report.section(getClass().getAnnotation(Command.class).name(), jdk);
            run(jdk, jars);
        }
        return 0;
    }

    protected abstract void run(Jdk jdk, Jars jars) throws Exception;

    /** One of the two, depending on {@code --quick}. */
    protected final int quickOr(int quick, int full) {
        return options.isQuick ? quick : full;
    }

    protected final Report report() {
        return report;
    }
}
