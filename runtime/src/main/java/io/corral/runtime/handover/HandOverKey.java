package io.corral.runtime.handover;

/**
 * A static key, as the kernel calls it: a branch that costs nothing until it is enabled, since then the code is exchanged.
 *
 * <p>In the agent's jar this method answers a constant {@code false}, so that compilers leave out what stands behind it. A
 * {@link KeySwitch} has the JVM redefine this class to a constant {@code true}, which throws away what was compiled with the
 * other before it returns. Here, where nothing is woven, it is the flag itself.
 */
interface HandOverKey {

    static boolean isEnabled() {
        return HandOverSwitch.CURRENT.wasUsed();
    }
}
