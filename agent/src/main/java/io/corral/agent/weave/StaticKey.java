package io.corral.agent.weave;

import io.corral.runtime.membership.KeySwitch;
import io.corral.runtime.notice.Log;

import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;

/**
 * Enables the runtime's static key, which answers {@code false} in the agent's jar. The JVM deoptimizes what has that constant
 * in it. Should another agent retransform the class, {@link Weaver} has it stay enabled.
 */
final class StaticKey implements KeySwitch {

    private final Instrumentation instrumentation;

    StaticKey(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /** By redefinition: within another agent's transformer the JVM would not ask one of ours to transform it. */
    @Override
    public void enable(Class<?> key) {
        try {
            instrumentation.redefineClasses(new ClassDefinition(key, KeyClass.classFile(true)));
        } catch (ClassNotFoundException
                | UnmodifiableClassException
                | LinkageError
                | UnsupportedOperationException refused) {
            Log.error(
                    "tasks are charged to the pool that runs them: what finds out where they come from"
                            + " can't be put into force: " + refused);
        }
    }
}
