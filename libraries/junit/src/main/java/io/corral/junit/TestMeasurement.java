package io.corral.junit;

import io.corral.Containers;
import io.corral.Usage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;
import org.opentest4j.TestAbortedException;

/** Measures a test method and its parts. */
final class TestMeasurement implements Measured {

    private static final String NO_AGENT =
            "not measured: the JVM of the tests runs without Corral's agent; add"
                    + " -javaagent:/path/to/corral-agent.jar to Surefire's argLine";

    private volatile @Nullable Usage usage;

    /** @throws TestAbortedException if nothing can be measured */
    static void requireAgent() {
        if (!Containers.isActive()) {
            throw new TestAbortedException(NO_AGENT);
        }
    }

    @Override
    public Usage run(Executable part) throws Throwable {
        requireAgent();
        return measure(part).orThrow();
    }

    @Override
    public Usage usage() {
        requireAgent();
        Usage known = usage;
        if (known == null) {
            throw new IllegalStateException("the test method has not returned");
        }
        return known;
    }

    /** Runs the test method. */
    Usage runTest(Executable test) throws Throwable {
        Outcome outcome = measure(test);
        usage = outcome.usage();
        return outcome.orThrow();
    }

    private record Outcome(Usage usage, @Nullable Throwable thrown) {

        Usage orThrow() throws Throwable {
            if (thrown != null) {
                throw thrown;
            }
            return usage;
        }
    }

    private static Outcome measure(Executable executable) {
        Throwable[] thrown = new Throwable[1];
        Usage used = Containers.measure(() -> {
            try {
                executable.execute();
            } catch (Throwable each) {
                thrown[0] = each;
            }
        });
        return new Outcome(used, thrown[0]);
    }
}
