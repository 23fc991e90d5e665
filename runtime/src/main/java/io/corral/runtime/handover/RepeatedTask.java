package io.corral.runtime.handover;

/** A task that runs again and again, each time for the thread that scheduled it. */
public interface RepeatedTask {}
