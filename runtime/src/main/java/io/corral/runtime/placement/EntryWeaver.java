package io.corral.runtime.placement;

/** Weaves methods of the application's classes. Implemented by the agent, which loads it when a rule asks for it. */
public interface EntryWeaver {

    /**
     * Has the methods that these targets take call the hook, in classes that are loaded and in those that will be; those
     * that only earlier targets took are as they were.
     *
     * @throws ReflectiveOperationException if there is none in this agent; or what its library throws
     */
    void weave(EntryTargets targets) throws ReflectiveOperationException;
}
