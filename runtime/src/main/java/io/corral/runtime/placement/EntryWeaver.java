package io.corral.runtime.placement;

/** Weaves methods of the application. The agent implements it, and loads it for the first rule. */
public interface EntryWeaver {

    /**
     * Weaves the methods that the targets match, in loaded classes and in later ones. Methods that
     * only earlier targets matched get their original code.
     *
     * @throws Exception if this agent has no weaver, or its library fails
     */
    void weave(EntryTargets targets) throws Exception;
}
