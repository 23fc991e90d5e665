package io.corral.runtime.handover;

/** A {@code LinkedBlockingQueue} with nodes that have a {@link SubmitterField}. */
public interface WovenQueue {}
