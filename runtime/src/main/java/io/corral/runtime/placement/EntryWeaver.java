package io.corral.runtime.placement;

/** Weaves methods of the application. The agent implements it, and loads it for the first rule. */
public interface EntryWeaver {

    /**
     * Weaves the methods that the targets match, in loaded classes and in later ones. Methods that
     * only earlier targets matched get their original code.
     *
     * @throws ReflectiveOperationException if this agent has no weaver; its library may throw
     *     others
     */
    void weave(EntryTargets targets) throws ReflectiveOperationException;
}
