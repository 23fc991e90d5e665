package io.corral.benchmarks.harness;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** An agent that does nothing. It shows what any agent costs. The manifest of the jar names it. */
public final class EmptyAgent {

    private EmptyAgent() {}

    public static void premain(@Nullable String options, Instrumentation instrumentation) {}
}
