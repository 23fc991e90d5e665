package io.corral.runtime.handover;

/** A fork-join task that keeps the runnable it was made of where others keep their submitter: see {@link PlacedRunnable}. */
public interface RunnableTask extends HandedTask {}
