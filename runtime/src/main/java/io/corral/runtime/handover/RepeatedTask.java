package io.corral.runtime.handover;

/** A task that runs repeatedly, each time for the thread that scheduled it. */
public interface RepeatedTask {}
