package io.corral.integration.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The forked JVM that runs scenarios. It starts when the first scenario needs it. If it ends early,
 * the scenario that was running fails, and the next one starts another JVM.
 */
final class ScenarioJvm {

    private final Supplier<RunningJvm> start;
    private @Nullable RunningJvm running;

    ScenarioJvm(Supplier<RunningJvm> start) {
        this.start = start;
    }

    /** Runs one scenario, and throws what it threw. */
    void run(String scenario) {
        RunningJvm jvm = running;
        if (jvm == null) {
            jvm = start.get();
            running = jvm;
        }
        String failure;
        try {
            jvm.writeLine(scenario);
            failure = jvm.rest(ScenarioHost.OUTCOME);
        } catch (IllegalStateException ended) {
            kill();
            throw ended;
        }
        if (!failure.isEmpty()) {
            throw new AssertionError(
                    new String(Base64.getDecoder().decode(failure), StandardCharsets.UTF_8));
        }
    }

    /** Ends the JVM, and fails if the agent has printed anything in the scenarios. */
    void endWithoutMessages() {
        RunningJvm jvm = running;
        assertThat(jvm).as("the JVM, unless it ended early").isNotNull();
        jvm.writeLine(ScenarioHost.END);
        assertThat(jvm.errUntil(ScenarioHost.END)).noneMatch(line -> line.startsWith("corral:"));
        jvm.closeInput();
        assertThat(jvm.end().exitCode()).isZero();
    }

    void kill() {
        RunningJvm jvm = running;
        if (jvm != null) {
            jvm.close();
            running = null;
        }
    }
}
