package io.corral.weaver.items;

/** Defines the class that woven executors of the application call. The agent implements it. */
public interface ItemDispatcher {

    /** Does nothing if it has succeeded before. Any thread may call. */
    void define();
}
