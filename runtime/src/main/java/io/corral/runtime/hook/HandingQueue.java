package io.corral.runtime.hook;

/** A queue of the JDK's whose nodes are {@link TaskHolder}s, and that says which of them was taken out. */
public interface HandingQueue {}
