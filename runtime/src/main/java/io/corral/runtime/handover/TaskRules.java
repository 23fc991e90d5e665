package io.corral.runtime.handover;

/** Decides by its class whether a task is handed over. The rules implement it. */
public interface TaskRules {

    /**
     * Whether tasks of a class are charged to the pool that runs them, whichever thread submits
     * them. May be called while the calling thread holds locks of the JDK.
     */
    boolean keep(Class<?> task);
}
