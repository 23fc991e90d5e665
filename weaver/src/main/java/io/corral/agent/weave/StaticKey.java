package io.corral.agent.weave;

import io.corral.runtime.handover.KeySwitch;

import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;

/**
 * Enables the runtime's static key, which answers {@code false} in the agent's jar. The JVM deoptimizes what has that constant
 * in it. Should another agent transform the class, {@link Weaver} has it stay enabled.
 */
final class StaticKey implements KeySwitch {

    private final Instrumentation instrumentation;

    StaticKey(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    @Override
    public void enable(Class<?> key) throws ClassNotFoundException, UnmodifiableClassException {
        instrumentation.redefineClasses(new ClassDefinition(key, KeyClass.classFile(true)));
    }

    @Override
    public boolean isEnding() {
        return LoadedClasses.areGone(instrumentation);
    }
}
