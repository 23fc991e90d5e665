package io.corral.runtime.handover;

/** A task of the JDK's that remembers itself where it comes from: woven into it when its class is loaded. */
public interface HandedTask extends TaskHolder {}
